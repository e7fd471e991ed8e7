import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createGpt, gptPatches, PARTITION_TYPES, protectiveMbrPatch } from '../../disk/gpt';
import { buildMbr } from '../../disk/mbr';
import { type MemoryDisk, memoryDisk } from '../../disk/testing/ldm-samples';
import {
  addPartition,
  changeGuids,
  changeSignature,
  cleanDisk,
  freeExtents,
  initialiseGpt,
  initialiseMbr,
  MbrType,
  placeIn,
  readDiskTable,
  removePartition,
  setActive,
  setAttributes,
  setType,
} from '.';

const SECTORS = 65536;
const NO_LETTER = 1n << 63n;
const DISK = '0b2394a9-095e-487d-8d48-719ecd4d78ca';
const guid = (last: number) => `8e0f2c38-e4ea-47ba-b7fc-0000000000${last.toString().padStart(2, '0')}`;

describe('table edits', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rescue-lab-tables-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let disk: MemoryDisk;

  beforeEach(() => {
    disk = memoryDisk(new Uint8Array(SECTORS * 512).fill(0xcc));
  });

  /** The dump of an independent program, which also verifies what it reads. */
  const sfdisk = (): readonly string[] => {
    const path = join(folder, 'disk.img');
    writeFileSync(path, disk.bytes);
    expect(execFileSync('sfdisk', ['--verify', path], { encoding: 'utf8', stdio: 'pipe' })).toMatch(
      /No errors/,
    );
    return execFileSync('sfdisk', ['-d', path], { encoding: 'utf8' })
      .replaceAll(path, '')
      .replace(/ +/g, ' ')
      .trim()
      .split('\n');
  };
  const partition = (number: number) => readDiskTable(disk).partitions.find((one) => one.number === number)!;
  const add = (kind: 'primary' | 'extended' | 'logical', type: number | string, from: number, size: number) =>
    disk.apply(
      addPartition(disk, { kind, type, startSector: from, sizeSectors: size, guid: guid(from % 97) }),
    );

  it('make a master boot record with logical drives that sfdisk reads the same', () => {
    disk.apply(initialiseMbr(disk, 0x42d9decd));
    add('primary', 7, 2048, 4096);
    add('extended', MbrType.extended, 8192, 40960);
    add('logical', 7, 10240, 4096);
    add('logical', 7, 20480, 4096);
    disk.apply(setActive(disk, partition(1)));
    disk.apply(changeSignature(disk, 0x11223344));
    expect(sfdisk()).toEqual(
      expect.arrayContaining([
        'label-id: 0x11223344',
        '1 : start= 2048, size= 4096, type=7, bootable',
        '2 : start= 8192, size= 40960, type=f',
        '5 : start= 10240, size= 4096, type=7',
        '6 : start= 20480, size= 4096, type=7',
      ]),
    );
    // Windows' numbers: the extended partition has none of its own.
    expect(
      readDiskTable(disk).partitions.map(({ number, kind, startSector }) => [number, kind, startSector]),
    ).toEqual([
      [1, 'primary', 2048],
      [0, 'extended', 8192],
      [2, 'logical', 10240],
      [3, 'logical', 20480],
    ]);
    disk.apply(removePartition(disk, partition(2)));
    disk.apply(setActive(disk, undefined));
    disk.apply(setType(disk, partition(1), 0x27));
    expect(sfdisk().filter((line) => line.includes('start='))).toEqual([
      '1 : start= 2048, size= 4096, type=27',
      '2 : start= 8192, size= 40960, type=f',
      '5 : start= 20480, size= 4096, type=7',
    ]);
  });

  it('make a GUID partition table whose two copies sfdisk accepts, from either of them', () => {
    disk.apply(initialiseGpt(disk, () => DISK));
    add('primary', PARTITION_TYPES.efiSystem, 2048, 4096);
    add('primary', PARTITION_TYPES.basicData, 8192, 4096);
    disk.bytes.fill(0, 512, 1024);
    disk.apply(setAttributes(disk, partition(2), NO_LETTER | 1n));
    disk.apply(changeGuids(disk, guid(1), (old) => (old === partition(2).guid ? guid(2) : undefined)));
    const dump = sfdisk();
    expect(dump).toContain(`label-id: ${guid(1).toUpperCase()}`);
    expect(dump.at(-1)).toContain(
      `start= 8192, size= 4096, type=${PARTITION_TYPES.basicData.toUpperCase()}, uuid=${guid(2).toUpperCase()}`,
    );
    expect(dump.at(-1)).toContain('attrs="RequiredPartition GUID:63"');
    disk.apply(removePartition(disk, partition(1)));
    expect(readDiskTable(disk)).toMatchObject({
      style: 'gpt',
      guid: guid(1),
      partitions: [{ number: 1, entry: 2, guid: guid(2), attributes: NO_LETTER | 1n }],
    });
  });

  it('leave no table on a cleaned disk', () => {
    disk.apply(initialiseGpt(disk, () => DISK));
    disk.apply(cleanDisk(disk));
    expect(readDiskTable(disk)).toMatchObject({ style: 'raw', partitions: [] });
    expect(disk.bytes.subarray(0, 2 ** 20).every((byte) => byte === 0)).toBe(true);
    expect(disk.bytes.subarray(SECTORS * 512 - 2 ** 20).every((byte) => byte === 0)).toBe(true);
    expect(disk.bytes[2 ** 20]).toBe(0xcc);
  });

  it('say when the four entries of a master boot record are taken', () => {
    disk.apply(initialiseMbr(disk, 1));
    for (const index of [1, 2, 3, 4]) add('primary', 7, index * 4096, 2048);
    expect(() => add('primary', 7, 30000, 2048)).toThrow(
      'The partition table has no free entry: 1 to 4 are all taken.',
    );
  });

  it('follow a chain of logical drives no further than it can lead', () => {
    disk.apply(initialiseMbr(disk, 1));
    add('extended', MbrType.extended, 8192, 40960);
    add('logical', 7, 10240, 4096);
    add('logical', 7, 20480, 4096);
    // The second entry of the first record leads back to that record.
    disk.bytes.fill(0, 8192 * 512 + 446 + 16 + 8, 8192 * 512 + 446 + 16 + 12);
    expect(readDiskTable(disk)).toMatchObject({
      damage: expect.stringContaining('loop'),
      partitions: [{ kind: 'extended' }],
    });
  });
});

describe('a hybrid record', () => {
  it('beside a GUID partition table counts alone, as it does for Windows', () => {
    const disk = memoryDisk(new Uint8Array(SECTORS * 512));
    const newGuid = () => guid(1);
    disk.apply([
      protectiveMbrPatch(disk),
      ...gptPatches(createGpt({ diskSectors: SECTORS, newGuid }), SECTORS),
    ]);
    expect(readDiskTable(disk)).toMatchObject({ style: 'gpt', guid: guid(1) });
    const protective = { number: 1, active: false, type: 0xee, startSector: 1, sizeSectors: 2047 };
    const beside = { number: 2, active: true, type: 7, startSector: 2048, sizeSectors: 2048 };
    disk.bytes.set(buildMbr({ signature: 7, partitions: [protective, beside] }, SECTORS));
    expect(readDiskTable(disk)).toMatchObject({ style: 'mbr', signature: 7 });
    expect(readDiskTable(disk).partitions.map(({ type }) => type)).toEqual([0xee, 7]);
  });
});

describe('free space', () => {
  it('of an MBR disk ends where its table does', () => {
    const sectors = 3 * 2 ** 31;
    const table = { ...readDiskTable(memoryDisk(new Uint8Array(0))), sectors, lastUsable: sectors - 1 };
    expect(freeExtents({ ...table, style: 'mbr' }, 'primary')).toEqual([
      { startSector: 1, sizeSectors: 2 ** 32 - 1 },
    ]);
    expect(freeExtents({ ...table, style: 'gpt' }, 'primary')).toEqual([
      { startSector: 1, sizeSectors: sectors - 1 },
    ]);
  });

  it('is what no partition takes, but for the last MiB of an MBR disk', () => {
    const disk = memoryDisk(new Uint8Array(SECTORS * 512));
    disk.apply(initialiseMbr(disk, 1));
    disk.apply(
      addPartition(disk, { kind: 'primary', type: 7, startSector: 4096, sizeSectors: 4096, guid: guid(1) }),
    );
    const free = freeExtents(readDiskTable(disk), 'primary');
    expect(free).toEqual([
      { startSector: 1, sizeSectors: 4095 },
      { startSector: 8192, sizeSectors: SECTORS - 2048 - 8192 },
    ]);
    const request = { sizeBytes: undefined, offsetBytes: undefined, alignSectors: 2048, headroom: 0 };
    expect(placeIn(free, request)).toEqual({ startSector: 8192, sizeSectors: SECTORS - 2048 - 8192 });
    expect(placeIn(free, { ...request, sizeBytes: 2 ** 20 })).toEqual({
      startSector: 2048,
      sizeSectors: 2048,
    });
    expect(placeIn(free, { ...request, offsetBytes: 8 * 2 ** 20 })).toMatchObject({ startSector: 16384 });
    expect(placeIn(free, { ...request, offsetBytes: 3 * 2 ** 20 })).toBeUndefined();
    expect(placeIn(free, { ...request, sizeBytes: 2 ** 30 })).toBeUndefined();
  });
});
