import { describe, expect, it } from 'vitest';
import { DiskFormatError, writeU16 } from '../bytes';
import { memoryDisk } from '../testing/ldm-samples';
import { bootCodePatches, dirtyFlagPatches, parseNtfsBootSector, readNtfs } from './index';
import { SMALL_NTFS, smallNtfs } from './testing/small-volumes';

const { table: TABLE, mirror: MIRROR, backup: BACKUP } = SMALL_NTFS;
const INFORMATION = TABLE + 0x38 + 0x28 + 0x18;

describe('readNtfs', () => {
  it('reads boot sector, label, version and flags', () => {
    expect(readNtfs(memoryDisk(smallNtfs({ label: 'Größe', flags: 0x8001 })))).toEqual({
      boot: {
        bytesPerSector: 512,
        bytesPerCluster: 512,
        totalSectors: 39,
        hiddenSectors: 2048,
        sectorsPerTrack: 63,
        heads: 255,
        fileTableOffset: 8192,
        mirrorOffset: 12288,
        bytesPerFileRecord: 1024,
        bytesPerIndexRecord: 4096,
        serial: 0x0e60a9b210610097n,
      },
      label: 'Größe',
      version: { major: 3, minor: 1 },
      flags: 0x8001,
      dirty: true,
      backupBootSector: 'same',
    });
  });

  it('compares the boot sector with its copy, boot code left out', () => {
    const volume = smallNtfs();
    volume[BACKUP + 0x100] = 1;
    expect(readNtfs(memoryDisk(volume)).backupBootSector).toBe('same');
    volume[BACKUP + 0x48] = 1;
    expect(readNtfs(memoryDisk(volume)).backupBootSector).toBe('different');
    expect(readNtfs(memoryDisk(volume.slice(0, BACKUP))).backupBootSector).toBe('absent');
  });

  it('reads clusters of 64 KiB and of 2 MiB, and records of 4 KiB', () => {
    const sector = smallNtfs().slice(0, 512);
    sector.set([0, 0, 1], 0x2a);
    sector[0x44] = 0xf4;
    sector[13] = 0x80;
    expect(parseNtfsBootSector(sector)).toMatchObject({ bytesPerCluster: 65536, fileTableOffset: 1 << 20 });
    sector[13] = 0xf4;
    sector[0x40] = 0xf4;
    expect(parseNtfsBootSector(sector)).toMatchObject({ bytesPerCluster: 2 << 20, bytesPerFileRecord: 4096 });
  });

  it.each([
    ['an empty volume', 0, [0, 0, 0, 0, 0], 3, 'This is no NTFS boot sector'],
    ['no mark', 510, [0], 510, 'The NTFS boot sector does not end with 55 AA'],
    ['odd sectors', 11, [1, 2], 11, 'says 513 bytes per sector; a power of two from 512 to 4096 is valid'],
    ['no clusters', 13, [0], 13, 'says 0 bytes per cluster'],
    ['a table outside', 0x30, [99], 0x30, 'says 99 as the first cluster of $MFT'],
    ['a record that is none', TABLE, [0], TABLE, 'A file record does not start with FILE'],
    ['half a record', TABLE + 1022, [0x77, 7], TABLE + 1022, 'was written half: its block 2'],
    ['a wrong update sequence', TABLE + 6, [9], TABLE + 4, 'is said to have 9 numbers at 48'],
    ['an unused record', TABLE + 0x16, [0], TABLE + 0x16, 'The file record is marked as unused'],
    ['an endless attribute', TABLE + 0x3c, [0, 0], TABLE + 0x3c, 'an attribute at 56 of a file record has 0'],
    ['content outside', TABLE + 0x70, [0xff], TABLE + 0x70, 'of an attribute at 96 lie outside it'],
    ['no information', TABLE + 0x60, [0x71], TABLE, 'has no $VOLUME_INFORMATION'],
  ])('says where and why: %s', (_name, at, bytes, offset, sentence) => {
    const volume = smallNtfs();
    volume.set(bytes, at);
    const read = () => readNtfs(memoryDisk(volume));
    expect(read).toThrow(DiskFormatError);
    expect(read).toThrow(new RegExp(sentence.replace(/[$.^]/g, '\\$&'), 'i'));
    expect(read).toThrow(expect.objectContaining({ offset }));
  });
});

describe('dirtyFlagPatches', () => {
  it('sets and clears one bit in $Volume and its mirror, with a new update sequence', () => {
    const disk = memoryDisk(smallNtfs({ flags: 0x8000 }));
    const before = disk.bytes.slice();
    disk.apply(dirtyFlagPatches(disk, true));
    expect(readNtfs(disk)).toMatchObject({ flags: 0x8001, dirty: true, label: 'Windows' });
    const changed = [...disk.bytes.entries()].filter(([at, byte]) => byte !== before[at]).map(([at]) => at);
    const ofRecord = (start: number) => [
      start + 0x30,
      start + (INFORMATION - TABLE) + 10,
      start + 510,
      start + 1022,
    ];
    expect(changed).toEqual([...ofRecord(TABLE), ...ofRecord(MIRROR)]);
    disk.apply(dirtyFlagPatches(disk, false));
    expect(readNtfs(disk)).toMatchObject({ flags: 0x8000, dirty: false });
  });

  it('has nothing to do where the flag is right already', () => {
    expect(dirtyFlagPatches(memoryDisk(smallNtfs()), false)).toEqual([]);
  });

  it('never gives a record the update sequence number 0', () => {
    const disk = memoryDisk(smallNtfs());
    for (const at of [0x30, 510, 1022]) writeU16(disk.bytes, TABLE + at, 0xffff);
    disk.apply(dirtyFlagPatches(disk, true));
    expect(disk.bytes[TABLE + 0x30]).toBe(1);
    expect(readNtfs(disk).dirty).toBe(true);
  });
});

describe('bootCodePatches', () => {
  const code = new Uint8Array(1024).fill(0xcc);
  writeU16(code, 510, 0xaa55);

  it('replaces the code and keeps what belongs to the volume', () => {
    const disk = memoryDisk(smallNtfs());
    const before = disk.bytes.slice();
    const boot = readNtfs(memoryDisk(before)).boot;
    const patched = memoryDisk(new Uint8Array(40 * 512));
    patched.apply(bootCodePatches(disk, code));
    expect(patched.bytes.slice(0, 3)).toEqual(code.slice(0, 3));
    expect(patched.bytes.slice(3, 0x54)).toEqual(before.slice(3, 0x54));
    expect(patched.bytes.slice(0x54, 1024)).toEqual(code.slice(0x54));
    expect(patched.bytes.slice(1024, 8192).every((byte) => byte === 0)).toBe(true);
    expect(parseNtfsBootSector(patched.bytes.slice(0, 512))).toEqual(boot);
  });

  it('wants a whole $Boot for a volume that is NTFS', () => {
    const disk = memoryDisk(smallNtfs());
    expect(() => bootCodePatches(disk, code.slice(0, 100))).toThrow('The boot code has 100 bytes.');
    expect(() => bootCodePatches(disk, new Uint8Array(512))).toThrow('The boot code has no 55 AA');
    expect(() => bootCodePatches(memoryDisk(new Uint8Array(8192)), code)).toThrow('no NTFS boot sector');
  });
});
