import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildMbr } from '../../disk/mbr';
import { canFillNtfs, fillNtfs, makeNtfs } from '../../disk/testing/filled-ntfs';
import { memoryDisk } from '../../disk/testing/ldm-samples';
import { imageFolder } from '../../disk/testing/partition-programs';
import { findSystemPrograms } from './system-programs';

const SECTOR = 512;
const START = 2048;
const VOLUME_BYTES = 12 << 20;
const SECTORS = START + (2 * VOLUME_BYTES) / SECTOR + START;

describe.runIf(canFillNtfs)('findSystemPrograms', () => {
  const images = imageFolder();
  let files = 0;
  afterAll(() => images.remove());
  let plain: Uint8Array;
  let windows: Uint8Array;
  beforeAll(() => {
    plain = volume('mkdir Boot; seq 9 > Boot/BCD');
    windows = volume(`mkdir -p Windows/System32; ${programs('Windows')}`);
  });

  const programs = (root: string) =>
    `seq 30000 > ${root}/System32/ntoskrnl.exe; seq 40000 > ${root}/System32/hal.dll`;

  function volume(script: string): Uint8Array {
    files += 1;
    const file = images.write(`${files}.raw`, VOLUME_BYTES, []);
    makeNtfs(file);
    fillNtfs(file, script);
    return new Uint8Array(readFileSync(file));
  }

  /** A disk with two partitions of these contents. */
  function diskOf(first: Uint8Array, second: Uint8Array) {
    const disk = memoryDisk(new Uint8Array(SECTORS * SECTOR));
    const partitions = [first, second].map((content, index) => {
      const startSector = START + (index * VOLUME_BYTES) / SECTOR;
      disk.bytes.set(content, startSector * SECTOR);
      return {
        number: index + 1,
        active: index === 0,
        type: 7,
        startSector,
        sizeSectors: VOLUME_BYTES / SECTOR,
      };
    });
    disk.bytes.set(buildMbr({ signature: 1, partitions }, SECTORS));
    return disk;
  }

  it.each([
    ['the first partition', () => diskOf(windows, plain)],
    ['the second', () => diskOf(plain, windows)],
    [
      'a folder in capitals',
      () => diskOf(plain, volume(`mkdir -p WINDOWS/System32; ${programs('WINDOWS')}`)),
    ],
  ])('finds where they lie, on %s', (_where, make) => {
    const disk = make();
    const found = findSystemPrograms(disk)!;
    const text = ({ offsetBytes, sizeBytes }: { offsetBytes: number; sizeBytes: number }) =>
      Buffer.from(disk.read(offsetBytes, sizeBytes)).toString();
    expect(text(found.kernel)).toMatch(/^1\n2\n3\n[\s\S]*\n30000\n$/);
    expect(text(found.hal)).toMatch(/^1\n2\n3\n[\s\S]*\n40000\n$/);
  });

  it('takes the first of two installations', () => {
    const found = findSystemPrograms(diskOf(windows, windows))!;
    expect(found.hal.offsetBytes).toBeLessThan(START * SECTOR + VOLUME_BYTES);
  });

  const scattered = [
    'mkdir -p Windows/System32 Logs',
    'i=0; while head -c 65536 /dev/zero > Logs/$i; do i=$((i + 1)); done 2> /dev/null',
    'rm Logs/*[05]; seq 90000 | head -c 400000 > Windows/System32/ntoskrnl.exe',
    'seq 9000 > Windows/System32/hal.dll; rm -f Logs/*',
  ].join('; ');

  it.each([
    ['without a system', () => diskOf(plain, plain)],
    [
      'whose system lacks one',
      () => diskOf(plain, volume('mkdir -p Windows/System32; seq 9000 > Windows/System32/hal.dll')),
    ],
    ['on which one is scattered', () => diskOf(plain, volume(scattered))],
    ['without a table', () => memoryDisk(new Uint8Array(SECTORS * SECTOR))],
    ['that is not there', () => memoryDisk(new Uint8Array(0))],
    ['whose volume is damaged', () => diskOf(plain, damaged(windows))],
  ])('finds nothing on a disk %s', (_what, make) => {
    expect(findSystemPrograms(make())).toBeUndefined();
  });

  it('goes past a damaged volume', () => {
    expect(findSystemPrograms(diskOf(damaged(plain), windows))).toBeDefined();
  });
});

/** A volume without its file table. */
function damaged(volume: Uint8Array): Uint8Array {
  const copy = volume.slice();
  const cluster = Number(new DataView(copy.buffer, copy.byteOffset).getBigUint64(0x30, true));
  copy.fill(0, cluster * 4096, cluster * 4096 + 65536);
  return copy;
}
