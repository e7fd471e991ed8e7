import { expect, it } from 'vitest';
import type { SectorReader } from '../mbr';
import { assembleGroups, createDiskGroup, readGroups, readMember } from '.';

const SECTORS = 20_480;

function mirror(): Uint8Array[] {
  let guids = 0;
  const { patches } = createDiskGroup({
    groupName: 'TEST-Dg0',
    disks: [1, 2].map((signature) => ({ sizeSectors: SECTORS, signature })),
    volumes: [{ name: 'Volume1', layout: 'mirror', sizeSectors: 4096, disks: [0, 1] }],
    now: new Date('2026-01-01T12:00:00Z'),
    newGuid: () => `0649${String(++guids).padStart(4, '0')}-fbfd-11e1-8cf9-52540061f5db`,
  });
  return patches.map((disk) => {
    const bytes = new Uint8Array(SECTORS * 512);
    for (const { offsetBytes, bytes: patch } of disk) bytes.set(patch, offsetBytes);
    return bytes;
  });
}

/** Counts the bytes that are read. */
function readerOf(bytes: Uint8Array): SectorReader & { taken: number } {
  return {
    sizeBytes: bytes.length,
    taken: 0,
    read(offset, length) {
      this.taken += length;
      return bytes.subarray(offset, offset + length);
    },
  };
}

it('finds the groups that all members together make, and reads one database of each', () => {
  const disks = mirror();
  const [first, second] = disks.map(readerOf) as [ReturnType<typeof readerOf>, ReturnType<typeof readerOf>];
  const [group, ...more] = readGroups([first, second, readerOf(new Uint8Array(SECTORS * 512))]);
  const members = disks.map((bytes) => readMember(readerOf(bytes))!);
  const [expected] = assembleGroups(members);
  expect(more).toEqual([]);
  expect(group!.volumes.map(({ name, layout, sizeSectors }) => [name, layout, sizeSectors])).toEqual(
    expected!.volumes.map(({ name, layout, sizeSectors }) => [name, layout, sizeSectors]),
  );
  expect(group!.disks.map(({ name, guid, member }) => [name, guid, member !== undefined])).toEqual(
    expected!.disks.map(({ name, guid }) => [name, guid, true]),
  );
  expect(first.taken).toBeGreaterThan(500_000);
  expect(second.taken).toBeLessThan(50_000);
});

it('names the damage of the database that counts', () => {
  const disks = mirror();
  const at = Buffer.from(disks[0]!).indexOf('VBLK');
  disks[0]![at] = 0;
  expect(() => readGroups(disks.map(readerOf))).toThrow(expect.objectContaining({ offset: at }));
});
