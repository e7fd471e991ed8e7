import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { partOfDisk, type SectorReader } from '../mbr';
import { haveSamples, memoryDisk, unpackSamples } from '../testing/ldm-samples';
import { hasProgram, imageFolder } from '../testing/partition-programs';
import { bootCodePatches, dirtyFlagPatches, readNtfs, recogniseVolume, type VolumeIdentity } from './index';
import { smallExfat, smallFat32 } from './testing/small-volumes';

const shared = process.env['RESCUE_LAB_SHARED'] ?? path.resolve(__dirname, '../../../../shared');
const sample = path.join(shared, 'samples/ntfs/windows_volume.qcow2');
const folder = imageFolder();
afterAll(() => folder.remove());

const run = (program: string, ...args: string[]) =>
  spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, LANG: 'C.UTF-8' } }).stdout;
const load = (file: string) => memoryDisk(new Uint8Array(readFileSync(file)));
const save = (name: string, bytes: Uint8Array) =>
  folder.write(name, bytes.length, [{ offsetBytes: 0, bytes }]);

/** Looks at an image without loading it. */
function lookAt<Answer>(file: string, look: (reader: SectorReader) => Answer): Answer {
  const handle = openSync(file, 'r');
  const read = (offset: number, length: number) => {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(handle, bytes, 0, length, offset));
  };
  try {
    return look({ sizeBytes: statSync(file).size, read });
  } finally {
    closeSync(handle);
  }
}

const field = (text: string, name: string) => new RegExp(`^\\s*${name}: *(.*)$`, 'm').exec(text)?.[1]?.trim();

/** What ntfsinfo says, in our words. */
function ntfsinfo(file: string) {
  const text = run('ntfsinfo', '-f', '-m', file);
  const clusterBytes = Number(field(text, 'Cluster Size'));
  return {
    label: field(text, 'Volume Name'),
    version: field(text, 'Volume Version'),
    flags: Number(/0x[0-9a-f]+/i.exec(field(text, 'Volume Flags') ?? '')?.[0]),
    bytesPerSector: Number(field(text, 'Sector Size')),
    bytesPerCluster: clusterBytes,
    bytesPerIndexRecord: Number(field(text, 'Index Block Size')),
    bytesPerFileRecord: Number(field(text, 'MFT Record Size')),
    fileTableOffset: Number(field(text, 'LCN of Data Attribute for FILE_MFT')) * clusterBytes,
    mirrorOffset: Number(field(text, 'LCN of Data Attribute for File_MFTMirr')) * clusterBytes,
  };
}

function ourWords({ boot, label, version, flags }: ReturnType<typeof readNtfs>) {
  const { bytesPerSector, bytesPerCluster, bytesPerIndexRecord, bytesPerFileRecord } = boot;
  const { fileTableOffset, mirrorOffset } = boot;
  return {
    ...{ label, version: `${version.major}.${version.minor}`, flags, bytesPerSector, bytesPerCluster },
    ...{ bytesPerIndexRecord, bytesPerFileRecord, fileTableOffset, mirrorOffset },
  };
}

function makeNtfs(name: string, label: string, ...options: string[]): string {
  const file = folder.write(name, 8 << 20, []);
  execFileSync('mkntfs', ['-q', '-Q', '-F', '-L', label, ...options, file], { stdio: 'ignore' });
  return file;
}

const ntfsTools = ['mkntfs', 'ntfsinfo', 'ntfsfix'].every(hasProgram);
describe.skipIf(!ntfsTools)('the programs of ntfs-3g', () => {
  it.each([
    ['usual sizes', []],
    ['clusters of 512 bytes', ['-c', '512']],
    ['clusters of 64 KiB', ['-c', '65536']],
    ['sectors of 4 KiB', ['-s', '4096']],
  ])('agree on a volume with %s', (_name, options) => {
    const file = makeNtfs('facts.ntfs', 'Größe 1', ...options);
    const volume = readNtfs(load(file));
    expect(ourWords(volume)).toEqual(ntfsinfo(file));
    expect(volume.backupBootSector).toBe('same');
  });

  it('see the volume dirty once we say so, and ntfsfix clears what we set', () => {
    const disk = load(makeNtfs('dirty.ntfs', 'Kunde'));
    disk.apply(dirtyFlagPatches(disk, true));
    const file = save('dirty.ntfs', disk.bytes);
    expect(ntfsinfo(file).flags).toBe(1);
    expect(run('ntfsfix', '-d', file)).toContain('NTFS partition');
    expect(readNtfs(load(file)).dirty).toBe(false);
  });

  it('read the volume after we set and cleared the flag, mirror and all', () => {
    const disk = load(makeNtfs('clean.ntfs', 'Kunde'));
    disk.apply(dirtyFlagPatches(disk, true));
    disk.apply(dirtyFlagPatches(disk, false));
    const file = save('clean.ntfs', disk.bytes);
    expect(ntfsinfo(file).flags).toBe(0);
    const sound = 'Processing of $MFT and $MFTMirr completed successfully.';
    expect(run('ntfsfix', '-n', file)).toContain(`Mounting volume... OK\n${sound}`);
    disk.apply(dirtyFlagPatches(disk, true).slice(1));
    // Without the mirror it is not as sound.
    expect(run('ntfsfix', '-n', save('clean.ntfs', disk.bytes))).not.toContain(
      `Mounting volume... OK\n${sound}`,
    );
  });

  it('read the volume under other boot code', () => {
    const disk = load(makeNtfs('code.ntfs', 'Kunde'));
    const code = new Uint8Array(8192).fill(0xf4);
    code.set([0x55, 0xaa], 510);
    disk.apply(bootCodePatches(disk, code));
    const file = save('code.ntfs', disk.bytes);
    expect(ntfsinfo(file)).toEqual(ourWords(readNtfs(disk)));
  });
});

describe.skipIf(!hasProgram('fsstat'))('sleuthkit', () => {
  it.skipIf(!existsSync(sample))('agrees on the sample volume', () => {
    const file = path.join(folder.path, 'sample.raw');
    execFileSync('qemu-img', ['convert', '-O', 'raw', sample, file]);
    const { boot, label, dirty } = lookAt(file, readNtfs);
    const text = run('fsstat', '-f', 'ntfs', file);
    expect(boot.serial.toString(16).toUpperCase()).toBe(field(text, 'Volume Serial Number'));
    expect(boot.fileTableOffset / boot.bytesPerCluster).toBe(Number(field(text, 'First Cluster of MFT')));
    expect({ label, dirty }).toEqual({ label: '', dirty: false });
    expect(`Total Sector Range: 0 - ${boot.totalSectors - 1}`).toBe(
      /^Total Sector Range.*$/m.exec(text)?.[0],
    );
  });

  it('agrees on a FAT32 volume of the tests', () => {
    const volume = smallFat32('KUNDE', { labelCluster: 0 });
    const text = run('fsstat', save('fat32.raw', volume));
    expect(field(text, 'File System Type')).toBe('FAT32');
    expect(field(text, 'Volume ID')).toBe('0x1234abcd');
    expect(field(text, 'Volume Label \\(Root Directory\\)')).toBe('KUNDE');
    expect(recogniseVolume(memoryDisk(volume))?.label).toBe('KUNDE');
  });
});

describe.skipIf(!haveSamples)('a volume that a real Windows Server 2008 R2 made', () => {
  it('is read, on both halves of its mirror', () => {
    const [mirror1, mirror2] = unpackSamples(folder.path).filter((file) => file.includes('mirrored'));
    for (const [file, startSector] of [
      [mirror1!, 128],
      [mirror2!, 65664],
    ] as const) {
      const volume = lookAt(file, (disk) => readNtfs(partOfDisk(disk, startSector, 32768)));
      expect(volume).toMatchObject({
        label: 'Mirrored',
        version: { major: 3, minor: 1 },
        backupBootSector: 'same',
        boot: { bytesPerCluster: 4096, totalSectors: 32767 },
      });
    }
  });
});

describe.skipIf(!hasProgram('blkid'))('blkid', () => {
  const serialText = ({ fileSystem, serial }: VolumeIdentity) => {
    const digits = serial.toString(16).toUpperCase();
    return fileSystem === 'NTFS' ? digits.padStart(16, '0') : digits.padStart(8, '0').replace(/^.{4}/, '$&-');
  };
  /** Type, label and serial number as blkid has them. */
  const blkid = (file: string, startSector = 0) => {
    const text = run('blkid', '-p', '-O', String(startSector * 512), '-o', 'export', file);
    const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1];
    return { type: value('TYPE'), label: value('LABEL')?.replaceAll('\\', ''), serial: value('UUID') };
  };
  const ours = (file: string, startSector = 0) => {
    const volume = lookAt(file, (disk) => recogniseVolume(partOfDisk(disk, startSector, 1 << 30)))!;
    const type = { NTFS: 'ntfs', FAT: 'vfat', FAT32: 'vfat', exFAT: 'exfat' }[volume.fileSystem];
    return { type, label: volume.label, serial: serialText(volume) };
  };

  it('agrees on FAT32 and exFAT volumes of the tests', () => {
    const fat = save('fat32.raw', smallFat32('KUNDE'));
    expect(ours(fat)).toEqual({ type: 'vfat', label: 'KUNDE', serial: '1234-ABCD' });
    expect(blkid(fat)).toEqual(ours(fat));
    const exfat = save('exfat.raw', smallExfat('Daten'));
    expect(ours(exfat)).toEqual({ type: 'exfat', label: 'Daten', serial: 'CAFE-1234' });
    expect(blkid(exfat)).toEqual(ours(exfat));
  });

  it.skipIf(!ntfsTools)('agrees on what mkntfs made', () => {
    const file = makeNtfs('blkid.ntfs', 'Kunde');
    expect(ours(file)).toMatchObject({ type: 'ntfs', label: 'Kunde' });
    expect(blkid(file)).toEqual(ours(file));
  });

  it.skipIf(!haveSamples)('agrees on what Windows made', () => {
    const [mirror] = unpackSamples(folder.path).filter((file) => file.includes('mirrored'));
    expect(ours(mirror!, 128)).toEqual({ type: 'ntfs', label: 'Mirrored', serial: 'FC9061279060EA1A' });
    expect(blkid(mirror!, 128)).toEqual(ours(mirror!, 128));
  });

  it.skipIf(!hasProgram('qemu-img')).each([
    ['FAT12', 12],
    ['FAT16', 16],
  ])('agrees on %s that qemu-img made', (_name, bits) => {
    const file = path.join(folder.path, `fat${bits}.raw`);
    const image = { driver: 'vvfat', dir: __dirname, 'fat-type': bits, label: 'RESCUE' };
    const options = `json:${JSON.stringify({ driver: 'raw', file: image })}`;
    execFileSync('qemu-img', ['convert', '-q', '-O', 'raw', options, file]);
    expect(ours(file, 63)).toMatchObject({ type: 'vfat', label: 'RESCUE' });
    expect(blkid(file, 63)).toEqual(ours(file, 63));
  });
});
