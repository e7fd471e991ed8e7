import { describe, expect, it } from 'vitest';
import { createGpt, gptPatches, PARTITION_TYPES, protectiveMbrPatch } from '../../disk/gpt';
import { buildMbr, type MbrPartition, partitionPatches } from '../../disk/mbr';
import { type MemoryDisk, memoryDisk } from '../../disk/testing/ldm-samples';
import { readDiskContent } from './disk-content';

const SECTORS = 32768;
const partition = (number: number, startSector: number, sizeSectors: number, type = 7): MbrPartition => ({
  number,
  active: number === 1,
  type,
  startSector,
  sizeSectors,
});

function diskWithDrives(): MemoryDisk {
  const disk = memoryDisk(new Uint8Array(SECTORS * 512));
  disk.bytes.set(buildMbr({ signature: 0x42d9decd, partitions: [] }));
  disk.apply(
    partitionPatches(disk, [
      partition(1, 2048, 4096),
      partition(2, 8192, 16384, 0x0f),
      partition(5, 10240, 2048),
      partition(6, 14336, 1024, 0x83),
      partition(7, 16384, 4096),
    ]),
  );
  return disk;
}

describe('readDiskContent', () => {
  it('finds the volumes on logical drives, with the numbers that Linux gives', () => {
    expect(readDiskContent(diskWithDrives())).toMatchObject({
      style: 'mbr',
      signature: 0x42d9decd,
      partitions: [
        { number: 1, startSector: 2048, sizeSectors: 4096, active: true },
        { number: 5, startSector: 10240, sizeSectors: 2048, active: false },
        { number: 7, startSector: 16384, sizeSectors: 4096, active: false },
      ],
      damage: undefined,
      freeSectors: SECTORS - 2048 - 4096 - 16384,
    });
  });

  it('keeps the primary partitions of a disk whose chain of logical drives is damaged', () => {
    const disk = diskWithDrives();
    disk.bytes.fill(0, 12288 * 512, 12289 * 512);
    expect(readDiskContent(disk)).toMatchObject({
      style: 'mbr',
      partitions: [{ number: 1 }],
      damage: expect.stringContaining('The extended boot record in sector 12288 does not end with 55 AA'),
    });
  });

  it('finds the basic data partitions of a GPT, from its backup too', () => {
    const disk = memoryDisk(new Uint8Array(SECTORS * 512));
    const empty = createGpt({
      diskSectors: SECTORS,
      newGuid: () => '0b2394a9-095e-487d-8d48-719ecd4d78ca',
    });
    const entry = {
      guid: '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b',
      name: '',
      attributes: 0n,
      sizeSectors: 2048,
    };
    const partitions = [
      { ...entry, number: 1, type: PARTITION_TYPES.microsoftReserved, startSector: 2048 },
      { ...entry, number: 2, type: PARTITION_TYPES.basicData, startSector: 4096 },
    ];
    disk.apply([protectiveMbrPatch(disk), ...gptPatches({ ...empty, partitions }, SECTORS)]);
    const expected = {
      style: 'gpt',
      guid: '0b2394a9-095e-487d-8d48-719ecd4d78ca',
      partitions: [{ number: 2, startSector: 4096, sizeSectors: 2048, guid: entry.guid }],
      damage: undefined,
      freeSectors: SECTORS - 67 - 4096,
    };
    expect(readDiskContent(disk)).toMatchObject(expected);
    disk.bytes.fill(0, 512, 1024);
    expect(readDiskContent(disk)).toMatchObject(expected);
  });
});
