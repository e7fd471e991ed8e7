import { describe, expect, it } from 'vitest';
import { change, faultsOf, readGroup } from '../../testing/group-disks';
import { createdDisks, everyLayout, gptRequest } from '../../testing/ldm-disks';
import type { MemoryDisk } from '../../testing/ldm-samples';
import type { DiskGroup } from '../group-types';
import { markVolumes } from '../mark-volumes';
import { openVolume } from '../volume-reader';
import {
  addMirror,
  breakMirror,
  createVolume,
  deleteMissingDisk,
  deleteVolume,
  extendVolume,
  GroupChangeError,
  repairVolume,
  shrinkVolume,
} from './index';

const MIB = 2048;
const SECTORS = 16 * MIB;

/** Three empty disks of 16 MiB, the last one GPT. */
function emptyGroup(): MemoryDisk[] {
  return createdDisks({
    ...everyLayout(),
    disks: [
      { sizeSectors: SECTORS, signature: 1 },
      { sizeSectors: SECTORS, signature: 2 },
      gptRequest(SECTORS),
    ],
    volumes: [],
  }).disks;
}

const guidsOf = (group: DiskGroup) => group.disks.map(({ guid }) => guid);
const places = (group: DiskGroup, name: string) =>
  group.volumes
    .find((volume) => volume.name === name)!
    .components.map(({ extents }) =>
      extents.map(({ disk, absoluteSector, sizeSectors }) => [disk.name, absoluteSector, sizeSectors]),
    );
const refusal = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof GroupChangeError) return error.refusal;
    throw error;
  }
  return undefined;
};

describe('a volume in an existing group', () => {
  it('takes the first free place that holds it, and a name, a number and ids of its own', () => {
    const disks = emptyGroup();
    const disk = guidsOf(readGroup(disks).group);
    const simple = (size: number) => (draft: Parameters<typeof createVolume>[0]) => {
      createVolume(draft, { layout: 'simple', disks: [disk[0]!], sizeSectors: size });
    };
    change(disks, simple(4 * MIB));
    const two = change(disks, simple(2 * MIB));
    // 64 KiB on small disks, as in the samples of Windows Server 2008 R2: 63 + 65.
    expect(places(two, 'Volume1')).toEqual([[['Disk1', 128, 4 * MIB]]]);
    expect(places(two, 'Volume2')).toEqual([[['Disk1', 128 + 4 * MIB, 2 * MIB]]]);
    change(disks, (draft) => deleteVolume(draft, two.volumes[0]!.guid));
    const group = change(disks, simple(MIB));
    expect(places(group, 'Volume1')).toEqual([[['Disk1', 128, MIB]]]);
    expect(group.volumes.map(({ layout }) => layout)).toEqual(['simple', 'simple']);
    expect(faultsOf(group)).toEqual([]);
    const { members } = readGroup(disks);
    const ids = members.map(({ records }) => records.map(({ id }) => id).sort((a, b) => a - b));
    expect(new Set(ids[0]).size).toBe(ids[0]!.length);
    expect(ids[1]).toEqual(ids[0]);
  });

  it('lies on several free places where it is simple, and on what is left where no size is given', () => {
    const disks = emptyGroup();
    const [first] = guidsOf(readGroup(disks).group);
    const make = (sizeSectors?: number) =>
      change(disks, (draft) => {
        createVolume(draft, { layout: 'simple', disks: [first!], sizeSectors });
      });
    make(4 * MIB);
    const [hole] = make(4 * MIB).volumes;
    change(disks, (draft) => deleteVolume(draft, hole!.guid));
    const group = make();
    const free = SECTORS - 2048 - 128 - 8 * MIB;
    expect(places(group, 'Volume1')).toEqual([
      [
        ['Disk1', 128, 4 * MIB],
        ['Disk1', 128 + 8 * MIB, Math.floor(free / 128) * 128],
      ],
    ]);
    expect(group.volumes.find(({ name }) => name === 'Volume1')?.layout).toBe('simple');
    expect(refusal(() => make())).toBe('no-space');
  });

  it('is striped, mirrored or RAID-5 over its disks, and the copies are to be made equal', () => {
    const disks = emptyGroup();
    const [a, b, c] = guidsOf(readGroup(disks).group) as [string, string, string];
    const group = change(disks, (draft) => {
      createVolume(draft, { layout: 'striped', disks: [a, b], sizeSectors: MIB });
      createVolume(draft, { layout: 'mirror', disks: [b, c], sizeSectors: MIB });
      createVolume(draft, { layout: 'raid5', disks: [c, a, b] });
    });
    expect(group.volumes.map(({ name, layout, dirty }) => [name, layout, dirty])).toEqual([
      ['Volume1', 'striped', false],
      ['Volume2', 'mirrored', true],
      ['Volume3', 'raid5', true],
    ]);
    expect(faultsOf(group)).toEqual([]);
    const sizes = group.volumes.map(({ sizeSectors }) => sizeSectors);
    expect(sizes.slice(0, 2)).toEqual([2 * MIB, MIB]);
    // As much as the fullest disk, b, has left.
    expect(sizes[2]).toBe(2 * Math.floor((SECTORS - 2048 - 128 - 2 * MIB) / 128) * 128);
    const make = (layout: 'striped' | 'mirror' | 'raid5', ...on: string[]) =>
      refusal(() => change(disks, (draft) => createVolume(draft, { layout, disks: on, sizeSectors: 128 })));
    expect([make('mirror', a, a), make('raid5', a, b), make('striped', a)]).toEqual([
      'wrong-disks',
      'wrong-disks',
      'wrong-disks',
    ]);
    expect(make('mirror', a, 'none')).toBe('no-such-disk');
  });
});

describe('mirrors', () => {
  const mirrored = () => {
    const disks = emptyGroup();
    const [a, b, c] = guidsOf(readGroup(disks).group) as [string, string, string];
    const before = change(disks, (draft) => {
      createVolume(draft, { layout: 'simple', disks: [a], sizeSectors: MIB });
    });
    const { guid } = before.volumes[0]!;
    const group = change(disks, (draft) => addMirror(draft, guid, b));
    return { disks, a, b, c, guid, group };
  };
  /** As after the copy was made. */
  const inStep = (disks: readonly MemoryDisk[]) => {
    const { members } = readGroup(disks);
    markVolumes(members, new Set()).forEach((patches, index) => {
      disks[index]!.apply(patches);
    });
  };

  it('are made of a simple volume, whose half counts', () => {
    const { disks, group, guid, c } = mirrored();
    expect(group.volumes[0]).toMatchObject({ guid, layout: 'mirrored', dirty: true });
    expect(group.volumes[0]!.components.map(({ name }) => name)).toEqual(['Volume1-01', 'Volume1-02']);
    expect(refusal(() => change(disks, (draft) => addMirror(draft, guid, c)))).toBe('wrong-layout');
  });

  it('break into two volumes, or into one and free space', () => {
    const { disks, guid, b } = mirrored();
    inStep(disks);
    const group = change(disks, (draft) => breakMirror(draft, guid, b, { keep: true }));
    expect(group.volumes.map(({ name, layout }) => [name, layout])).toEqual(
      expect.arrayContaining([
        ['Volume1', 'simple'],
        ['Volume2', 'simple'],
      ]),
    );
    expect(faultsOf(group)).toEqual([]);
    const other = mirrored();
    inStep(other.disks);
    const single = change(other.disks, (draft) => breakMirror(draft, other.guid, other.a, { keep: false }));
    expect(places(single, 'Volume1')).toEqual([[['Disk2', 128, MIB]]]);
    expect(single.volumes).toHaveLength(1);
  });

  it('keep the copy that counts', () => {
    const { disks, guid, a, b } = mirrored();
    const half = (disk: string, keep: boolean, on = disks) =>
      refusal(() => change(on, (draft) => breakMirror(draft, guid, disk, { keep })));
    expect([half(a, false), half(b, true)]).toEqual(['synchronizing', 'synchronizing']);
    expect(half(a, false, disks.slice(0, 1))).toBe('last-copy');
    expect(half(b, false, disks.slice(0, 1))).toBeUndefined();
  });

  it('get another disk for a missing one, which is taken out of the group then', () => {
    const { disks, guid, b, c } = mirrored();
    const left = [disks[0]!, disks[2]!];
    expect(refusal(() => change(left, (draft) => deleteMissingDisk(draft, b, { override: false })))).toBe(
      'disk-has-volumes',
    );
    const group = change(left, (draft) => repairVolume(draft, guid, c));
    expect(
      places(group, 'Volume1')
        .flat()
        .map(([name]) => name),
    ).toEqual(['Disk1', 'Disk3']);
    expect(group.volumes[0]!.dirty).toBe(true);
    const after = change(left, (draft) => deleteMissingDisk(draft, b, { override: false }));
    expect(after.disks.map(({ name }) => name)).toEqual(['Disk1', 'Disk3']);
    expect(refusal(() => change(left, (draft) => deleteMissingDisk(draft, c, { override: true })))).toBe(
      'not-missing',
    );
  });

  it('lose a half that lay on a missing disk, where that is forced', () => {
    const { disks, b } = mirrored();
    const group = change(disks.slice(0, 1), (draft) => deleteMissingDisk(draft, b, { override: true }));
    expect(group.volumes.map(({ layout }) => layout)).toEqual(['simple']);
    expect(group.disks.map(({ name }) => name)).toEqual(['Disk1', 'Disk3']);
  });
});

describe('a RAID-5 volume', () => {
  it('gets another disk for a missing one, which is behind until its column is made', () => {
    const { disks } = createdDisks({
      ...everyLayout(),
      disks: [1, 2, 3, 4].map((signature) => ({ sizeSectors: SECTORS, signature })),
      volumes: [{ name: 'R', layout: 'raid5', sizeSectors: 128 * 2 * 16, disks: [0, 1, 2] }],
    });
    const before = readGroup(disks);
    const data = Uint8Array.from(
      { length: 128 * 2 * 16 * 512 },
      (_, index) => (index * 7 + (index >> 9)) % 251,
    );
    const reader = openVolume(before.group.volumes[0]!, (member) => disks[before.members.indexOf(member)]);
    for (const { member, patches } of reader.writeVolume(0, data))
      disks[before.members.indexOf(member)]!.apply(patches);
    const left = [disks[0]!, disks[2]!, disks[3]!];
    const group = change(left, (draft) =>
      repairVolume(draft, before.group.volumes[0]!.guid, before.group.disks[3]!.guid),
    );
    const { members } = readGroup(left);
    expect(members.map(({ vmdb }) => vmdb.committedTransaction - group.transaction)).toEqual([0n, 0n, -1n]);
    const degraded = openVolume(
      group.volumes[0]!,
      (member) => left[members.indexOf(member)] ?? byGuid(member),
    );
    expect(degraded.degraded).toBe(true);
    expect(Buffer.compare(degraded.read(0, data.length), data)).toBe(0);

    function byGuid(member: { privHead: { diskGuid: string } }) {
      return left[members.findIndex(({ privHead }) => privHead.diskGuid === member.privHead.diskGuid)];
    }
  });
});

describe('the size of a volume', () => {
  it('grows behind its end, elsewhere on its disk, and on other disks; and shrinks again', () => {
    const disks = emptyGroup();
    const [a, b] = guidsOf(readGroup(disks).group) as [string, string];
    const { guid } = change(disks, (draft) => {
      createVolume(draft, { layout: 'simple', disks: [a], sizeSectors: MIB });
    }).volumes[0]!;
    change(disks, (draft) => extendVolume(draft, guid, [{ disk: a, sizeSectors: MIB }]));
    expect(places(readGroup(disks).group, 'Volume1')).toEqual([[['Disk1', 128, 2 * MIB]]]);
    change(disks, (draft) => {
      createVolume(draft, { layout: 'simple', disks: [a], sizeSectors: MIB });
      extendVolume(draft, guid, [
        { disk: a, sizeSectors: MIB },
        { disk: b, sizeSectors: MIB },
      ]);
    });
    const { group } = readGroup(disks);
    expect(places(group, 'Volume1')).toEqual([
      [
        ['Disk1', 128, 2 * MIB],
        ['Disk1', 128 + 3 * MIB, MIB],
        ['Disk2', 128, MIB],
      ],
    ]);
    expect(group.volumes.find((volume) => volume.guid === guid)).toMatchObject({
      layout: 'spanned',
      sizeSectors: 4 * MIB,
    });
    expect(faultsOf(group)).toEqual([]);
    const small = change(disks, (draft) => shrinkVolume(draft, guid, MIB + 8));
    expect(places(small, 'Volume1')).toEqual([[['Disk1', 128, MIB + 8]]]);
    expect(refusal(() => change(disks, (draft) => shrinkVolume(draft, guid, 4 * MIB)))).toBe('no-space');
  });
});
