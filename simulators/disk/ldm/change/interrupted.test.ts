import { describe, expect, it } from 'vitest';
import type { Patch } from '../../mbr';
import { change, faultsOf, readGroup } from '../../testing/group-disks';
import { countingGuids, createdDisks, everyLayout } from '../../testing/ldm-disks';
import { type MemoryDisk, memoryDisk } from '../../testing/ldm-samples';
import type { DiskGroup } from '../group-types';
import { importAsIs, readMember } from '../index';
import { addMirror, breakMirror, changeGroup, createVolume, deleteVolume, extendVolume } from './index';

const NOW = new Date('2026-11-21T12:00:00Z');

/** All that a reader sees, but for the marks of the log, which may say too much. */
const seen = (group: DiskGroup) =>
  JSON.stringify(
    {
      ...group,
      volumes: [...group.volumes]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((volume) => ({ ...volume, dirty: false })),
    },
    (key, value) => (key === 'member' ? undefined : typeof value === 'bigint' ? `${value}` : value),
  );

/** Two disks with a volume of every kind that two disks can have. */
function start(): MemoryDisk[] {
  return createdDisks({
    ...everyLayout(),
    disks: [1, 2].map((signature) => ({ sizeSectors: 16_384, signature })),
    volumes: [
      { name: 'Volume1', layout: 'simple', sizeSectors: 1024 },
      { name: 'Volume2', layout: 'mirror', sizeSectors: 1024 },
    ],
  }).disks;
}

const guidOf = (group: DiskGroup, name: string) => group.volumes.find((volume) => volume.name === name)!.guid;

const edits: readonly [what: string, edit: (group: DiskGroup) => Parameters<typeof change>[1]][] = [
  [
    'a new mirror',
    ({ disks }) =>
      (draft) =>
        createVolume(draft, { layout: 'mirror', disks: disks.map(({ guid }) => guid), sizeSectors: 512 }),
  ],
  ['a deleted volume', (group) => (draft) => deleteVolume(draft, guidOf(group, 'Volume1'))],
  [
    'a mirror of a simple volume',
    (group) => (draft) => addMirror(draft, guidOf(group, 'Volume1'), group.disks[1]!.guid),
  ],
  [
    'a broken mirror',
    (group) => (draft) => breakMirror(draft, guidOf(group, 'Volume2'), group.disks[1]!.guid, { keep: true }),
  ],
  [
    'a longer volume',
    (group) => (draft) =>
      extendVolume(draft, guidOf(group, 'Volume1'), [{ disk: group.disks[1]!.guid, sizeSectors: 512 }]),
  ],
];

/** Every sector that is written, in order. */
function sectorsOf(disk: number, patches: readonly Patch[]): { disk: number; patch: Patch }[] {
  return patches.flatMap(({ offsetBytes, bytes }) =>
    Array.from({ length: bytes.length / 512 }, (_, index) => ({
      disk,
      patch: { offsetBytes: offsetBytes + index * 512, bytes: bytes.slice(index * 512, (index + 1) * 512) },
    })),
  );
}

describe.each(edits)('%s, interrupted after any sector', (_, edit) => {
  const disks = start();
  const before = seen(readGroup(disks).group);
  const guids = () => countingGuids('0777');
  const patches = changeGroup(disks, { now: NOW, newGuid: guids() }, edit(readGroup(disks).group));
  const writes = patches.flatMap((each, disk) => sectorsOf(disk, each));
  const done = start();
  const after = seen(change(done, edit(readGroup(done).group), guids()));

  it('leaves the old group or the new one, and copies that are marked', () => {
    expect(after).not.toBe(before);
    const kinds = new Set<string>();
    const unsafe: number[] = [];
    const now = disks.map(({ bytes }) => memoryDisk(bytes.slice()));
    writes.forEach(({ disk, patch }, count) => {
      now[disk]!.apply([patch]);
      const { group } = readGroup(now);
      const state = seen(group);
      kinds.add(state === before ? 'old' : state === after ? 'new' : `neither, after ${count + 1} sectors`);
      expect(faultsOf(group)).toEqual([]);
      // Only the volumes of the beginning were in step.
      const mirrors = group.volumes.filter(
        ({ name, layout, dirty }) => layout === 'mirrored' && name !== 'Volume2' && !dirty,
      );
      if (mirrors.length > 0) unsafe.push(count + 1);
    });
    expect([...kinds].sort()).toEqual(['new', 'old']);
    expect(unsafe).toEqual([]);
    expect(writes.length).toBeLessThan(60);
  });

  it('is put in order by the next transaction', () => {
    for (let count = 1; count < writes.length; count += 1) {
      const now = disks.map(({ bytes }) => memoryDisk(bytes.slice()));
      for (const { disk, patch } of writes.slice(0, count)) now[disk]!.apply([patch]);
      const state = seen(readGroup(now).group);
      const next = importAsIs(now, NOW);
      now.forEach((disk, index) => {
        disk.apply(next[index]!);
      });
      expect(now.map((disk) => readMember(disk)!.vmdb.status)).toEqual([1, 1]);
      const transactionOf = (text: string) => BigInt(/"transaction":"(\d+)"/.exec(text)![1]!);
      const settled = seen(readGroup(now).group);
      expect(settled).toBe(
        state.replace(/"transaction":"\d+"/, `"transaction":"${transactionOf(state) + 1n}"`),
      );
    }
  });
});
