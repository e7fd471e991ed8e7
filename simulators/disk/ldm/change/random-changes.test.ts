import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { change, faultsOf, readGroup } from '../../testing/group-disks';
import { countingGuids, createdDisks, everyLayout, gptRequest } from '../../testing/ldm-disks';
import {
  fileDisk,
  haveLdmtool,
  haveSamples,
  ldmtool,
  type MemoryDisk,
  memoryDisk,
  scratchFolder,
  unpackSamples,
} from '../../testing/ldm-samples';
import type { DiskGroup } from '../group-types';
import {
  addMirror,
  breakMirror,
  createVolume,
  deleteVolume,
  extendVolume,
  GroupChangeError,
  type GroupDraft,
  shrinkVolume,
} from './index';

const SECTORS = 16 * 2048;
const LAYOUTS = ['simple', 'striped', 'mirror', 'raid5'] as const;

const [seed0, ...rest] = createdDisks({
  ...everyLayout(),
  disks: [
    { sizeSectors: SECTORS, signature: 1 },
    { sizeSectors: SECTORS, signature: 2 },
    { sizeSectors: SECTORS / 2, signature: 3 },
    gptRequest(SECTORS),
  ],
  volumes: [],
}).disks;
const seeds = [seed0!, ...rest];

const small = fc.nat({ max: 15 });
const command = fc.record({
  what: fc.constantFrom('create', 'create', 'create', 'delete', 'add', 'break', 'extend', 'shrink'),
  layout: fc.constantFrom(...LAYOUTS),
  volume: small,
  disk: small,
  count: small,
  /** Multiples of 8 sectors: not only of the alignment. */
  size: fc.integer({ min: 1, max: 1024 }).map((blocks) => blocks * 8),
  keep: fc.boolean(),
});
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** Does what the command asks for, on whichever volume and disks its numbers fall. */
function run(draft: GroupDraft, group: DiskGroup, each: Command): void {
  const disk = (offset: number) => group.disks[(each.disk + offset) % group.disks.length]!.guid;
  const size = each.size;
  if (each.what === 'create') {
    const fewest = { simple: 1, striped: 2, mirror: 2, raid5: 3 }[each.layout];
    const most = { simple: 1, striped: 4, mirror: 2, raid5: 4 }[each.layout];
    const count = fewest + (each.count % (most - fewest + 1));
    const disks = Array.from({ length: count }, (_, index) => disk(index));
    createVolume(draft, { layout: each.layout, disks, sizeSectors: each.keep ? size : undefined });
    return;
  }
  const volume = group.volumes[each.volume % Math.max(1, group.volumes.length)];
  if (!volume) return;
  const { guid } = volume;
  if (each.what === 'delete') deleteVolume(draft, guid);
  else if (each.what === 'add') addMirror(draft, guid, disk(0));
  else if (each.what === 'break') breakMirror(draft, guid, disk(0), { keep: each.keep });
  else if (each.what === 'extend') extendVolume(draft, guid, [{ disk: disk(0), sizeSectors: size }]);
  else shrinkVolume(draft, guid, Math.max(1, volume.sizeSectors - size));
}

const counts = { done: 0, refused: 0 };

function play(commands: readonly Command[]): { disks: MemoryDisk[]; group: DiskGroup } {
  const disks = seeds.map(({ bytes }) => memoryDisk(bytes.slice()));
  const newGuid = countingGuids('0888');
  let { group } = readGroup(disks);
  for (const each of commands) {
    try {
      const before = group;
      group = change(disks, (draft) => run(draft, before, each), newGuid);
      counts.done += 1;
    } catch (error) {
      if (!(error instanceof GroupChangeError)) throw error;
      counts.refused += 1;
    }
  }
  return { disks, group };
}

describe('random changes of a group', () => {
  const folder = scratchFolder();
  afterAll(() => folder.remove());

  it('leave volumes that fit together, the same on every disk', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 4, maxLength: 14 }), (commands) => {
        const { disks, group } = play(commands);
        expect(faultsOf(group)).toEqual([]);
        const { members } = readGroup(disks);
        const listed = members.map(({ records }) =>
          [...records].sort((a, b) => a.id - b.id).map(({ id, kind, name }) => [id, kind, name]),
        );
        for (const one of listed) expect(one).toEqual(listed[0]);
        const names = listed[0]!.map(([, , name]) => name);
        expect(new Set(names).size).toBe(names.length);
        expect(members.flatMap(({ problems }) => problems)).toEqual([]);
      }),
      { numRuns: 30 },
    );
    // The commands are not all refused, and not all accepted.
    expect(Math.min(counts.done, counts.refused)).toBeGreaterThan(30);
  });

  it.skipIf(!haveLdmtool || !haveSamples)('work on the database of a real Windows Server 2008 R2', () => {
    const paths = unpackSamples(folder.path);
    const disks = paths.map(fileDisk);
    const { group } = readGroup(disks);
    const volume = (layout: string) => group.volumes.find((one) => one.layout === layout)!.guid;
    const after = change(disks, (draft) => {
      deleteVolume(draft, volume('striped'));
      breakMirror(draft, volume('mirrored'), group.disks[5]!.guid, { keep: true });
      createVolume(draft, { layout: 'mirror', disks: group.disks.slice(2, 4).map(({ guid }) => guid) });
    });
    expect(faultsOf(after)).toEqual([]);
    disks.forEach(({ bytes }, index) => {
      writeFileSync(paths[index]!, bytes);
    });
    const [, shown] = ldmtool(paths, [`show diskgroup ${group.guid}`]);
    const names = (shown as { volumes: string[] }).volumes;
    expect([...names].sort()).toEqual(after.volumes.map(({ name }) => name).sort());
    expect(after.volumes).toHaveLength(6);
  });

  it.skipIf(!haveLdmtool)('are the same volumes for ldmtool, in a sample', () => {
    const samples = fc.sample(fc.array(command, { minLength: 8, maxLength: 16 }), 4);
    for (const commands of samples) {
      const { disks, group } = play(commands);
      const paths = disks.map(({ bytes }, index) => {
        const path = join(folder.path, `disk${index}.img`);
        writeFileSync(path, bytes);
        return path;
      });
      const extents = group.volumes.flatMap(({ components }) => components.flatMap((one) => one.extents));
      const [, shown, ...partitions] = ldmtool(paths, [
        `show diskgroup ${group.guid}`,
        ...extents.map(({ name }) => `show partition ${group.guid} ${name}`),
      ]);
      const names = (shown as { volumes: string[] }).volumes;
      expect([...names].sort()).toEqual(group.volumes.map(({ name }) => name).sort());
      expect(partitions).toEqual(
        extents.map(({ name, startSector, sizeSectors, disk }) => ({
          name,
          start: startSector,
          size: sizeSectors,
          disk: disk.name,
        })),
      );
    }
  });
});
