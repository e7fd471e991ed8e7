import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGpt, gptPatches, PARTITION_TYPES, protectiveMbrPatch } from '../../disk/gpt';
import { buildMbr } from '../../disk/mbr';
import { countingGuids, createdDisks } from '../../disk/testing/ldm-disks';
import { type MemoryDisk, memoryDisk } from '../../disk/testing/ldm-samples';
import { WindowsError } from '../shell';
import { findProblems } from './find-problems';
import { groupsOf, inspectGroups } from './inspect-groups';
import { inspectDisk } from './inspected-disk';
import { predictBoot } from './predict-boot';
import { inspection } from './testing/inspected';

const SECTORS = 16_384;
const SIZE = SECTORS * 512;

function mbr(): MemoryDisk[] {
  const partitions = [
    { number: 1, active: true, type: 7, startSector: 2048, sizeSectors: 2048 },
    { number: 2, active: false, type: 5, startSector: 4096, sizeSectors: 4096 },
  ];
  const disk = memoryDisk(new Uint8Array(SIZE));
  disk.bytes.set(buildMbr({ signature: 1, partitions }, SECTORS));
  const logical = [{ number: 1, active: false, type: 7, startSector: 63, sizeSectors: 1024 }];
  disk.bytes.set(buildMbr({ signature: 0, partitions: logical }, SECTORS), 4096 * 512);
  return [disk];
}

function gpt(): MemoryDisk[] {
  const newGuid = countingGuids();
  const table = createGpt({ diskSectors: SECTORS, newGuid });
  const partition = { type: PARTITION_TYPES.efiSystem, name: 'EFI', attributes: 0n };
  const partitions = [{ ...partition, number: 1, guid: newGuid(), startSector: 2048, sizeSectors: 2048 }];
  const disk = memoryDisk(new Uint8Array(SIZE));
  disk.apply([protectiveMbrPatch(disk), ...gptPatches({ ...table, partitions }, SECTORS)]);
  return [disk];
}

function dynamic(): MemoryDisk[] {
  return createdDisks({
    groupName: 'KUNDE-01-Dg0',
    disks: [1, 2, 3].map((signature) => ({ sizeSectors: SECTORS, signature })),
    volumes: [
      { name: 'Volume1', layout: 'mirror', sizeSectors: 1024 },
      { name: 'Volume2', layout: 'raid5', sizeSectors: 1024, disks: [0, 1, 2] },
    ],
    now: new Date('2012-09-11T12:00:00Z'),
    newGuid: countingGuids(),
  }).disks;
}

it('tells once what keeps the tables from being read', () => {
  const disk = memoryDisk(new Uint8Array(SIZE));
  disk.bytes.set([0x55, 0xaa], 510);
  disk.bytes.set([0x20, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 1], 446);
  const { damage, table } = inspectDisk(0, disk);
  expect(table.style).toBe('raw');
  expect(damage).toEqual([expect.stringContaining('Partition entry 1 has the status byte 0x20')]);
});

it('tells of partitions that an image does not reach', () => {
  const [whole] = mbr();
  const cut = memoryDisk(whole!.bytes.slice(0, 5000 * 512));
  expect(inspectDisk(0, whole!).damage).toEqual([]);
  expect(inspectDisk(0, cut).damage).toContain(
    'Partition 2 ends at sector 8191, but the disk has 5000 sectors. ' +
      'The disk image is cut short, or the table was made for another disk.',
  );
});

/** Whatever the tables say, no file is there. */
const noFiles = {
  read: async () => {
    throw new WindowsError(2);
  },
  stat: async () => undefined,
} as unknown as Parameters<typeof predictBoot>[0]['files'];

async function look(disks: readonly MemoryDisk[]): Promise<readonly string[]> {
  const inspected = disks.map((disk, number) => inspectDisk(number, disk));
  const groups = inspectGroups(inspected, undefined);
  const boot = await predictBoot({
    files: noFiles,
    disks: inspected,
    groups: groupsOf(inspected),
    volumes: [],
    version: '6.1.7601',
  });
  expect(boot.starts).toBe(false);
  return findProblems({ ...inspection(), groups, boot });
}

/** Bytes where these disks keep their tables: everything that is not zero. */
function places({ bytes }: MemoryDisk): number[] {
  return [...bytes.keys()].filter((at) => bytes[at] !== 0);
}

describe('disks with damaged metadata', () => {
  it.each([
    ['an MBR disk with logical drives', mbr()],
    ['a GPT disk', gpt()],
    ['a disk group', dynamic()],
  ])('are looked at without a crash: %s', { timeout: 60_000 }, async (_, disks) => {
    const where = disks.map(places);
    const change = fc.record({
      disk: fc.nat(disks.length - 1),
      place: fc.nat(1 << 20),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const damaged = disks.map(({ bytes }) => memoryDisk(bytes.slice()));
        for (const { disk, place, bytes } of changes) {
          const at = where[disk]![place % where[disk]!.length]!;
          damaged[disk]!.bytes.set(bytes.subarray(0, SIZE - at), at);
        }
        expect((await look(damaged)).length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
