import { beforeEach, describe, expect, it } from 'vitest';
import { sameBytes } from '../bytes';
import { type MemoryDisk, memoryDisk } from '../testing/ldm-samples';
import { hasProgram, imageFolder, sfdiskVerify } from '../testing/partition-programs';
import {
  addPartition,
  changePartition,
  createGpt,
  gptPatches,
  inspectGpt,
  PARTITION_TYPES,
  protectiveMbrPatch,
  readGpt,
  repairGpt,
} from './index';

const SECTORS = 8192;
const table = addPartition(
  createGpt({ diskSectors: SECTORS, newGuid: () => '0b2394a9-095e-487d-8d48-719ecd4d78ca' }),
  {
    type: PARTITION_TYPES.efiSystem,
    guid: '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b',
    startSector: 2048,
    sizeSectors: 1024,
    name: 'EFI system partition',
    attributes: 0n,
  },
);

describe('repairGpt', () => {
  let disk: MemoryDisk;
  let sound: Uint8Array;
  beforeEach(() => {
    disk = memoryDisk(new Uint8Array(SECTORS * 512));
    disk.apply([protectiveMbrPatch(disk), ...gptPatches(table, SECTORS)]);
    sound = disk.bytes.slice();
  });

  it('has nothing to do on a sound disk', () => {
    expect(repairGpt(disk)).toEqual([]);
  });

  it.each([
    ['primary header', 512],
    ['primary entries', 1024],
    ['backup header', (SECTORS - 1) * 512],
    ['backup entries', (SECTORS - 33) * 512],
  ])('brings the %s back, byte for byte', (_name, offset) => {
    disk.bytes.fill(0, offset, offset + 64);
    expect(inspectGpt(disk).agree).toBe(false);
    disk.apply(repairGpt(disk));
    expect(sameBytes(disk.bytes, sound)).toBe(true);
  });

  it('lets the primary hold where both are sound and differ', () => {
    const older = changePartition(table, 1, { name: 'older' });
    disk.apply(gptPatches(older, SECTORS).slice(0, 2));
    expect(inspectGpt(disk)).toMatchObject({ agree: false, table });
    disk.apply(repairGpt(disk));
    expect(sameBytes(disk.bytes, sound)).toBe(true);
  });

  it.skipIf(!hasProgram('sfdisk'))('moves the backup to the end of a disk that was enlarged', () => {
    const larger = memoryDisk(new Uint8Array(2 * SECTORS * 512));
    larger.bytes.set(disk.bytes);
    larger.apply([...repairGpt(larger), protectiveMbrPatch(larger)]);
    expect(inspectGpt(larger)).toMatchObject({ agree: true, table, backup: { sector: 2 * SECTORS - 1 } });
    const folder = imageFolder();
    try {
      const file = folder.write('larger.img', larger.sizeBytes, [{ offsetBytes: 0, bytes: larger.bytes }]);
      expect(sfdiskVerify(file)).toMatch(/^No errors detected\.$/m);
    } finally {
      folder.remove();
    }
  });

  it('leaves one whole table wherever the writing of a new one stops', () => {
    const changed = changePartition(table, 1, { name: 'changed' });
    const patches = gptPatches(changed, SECTORS);
    for (let done = 0; done <= patches.length; done += 1) {
      disk.bytes.set(sound);
      disk.apply(patches.slice(0, done));
      expect([table, changed]).toContainEqual(readGpt(disk));
    }
  });

  it('cannot make a copy from nothing', () => {
    disk.bytes.fill(0, 512, 1024);
    disk.bytes[(SECTORS - 1) * 512 + 60] = 7;
    expect(() => repairGpt(disk)).toThrow(
      /^Neither copy of the GPT is sound.*Primary: There is no GPT header in sector 1.*Backup: The GPT header in sector 8191 has the checksum/,
    );
  });
});
