import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createdDisks, everyLayout } from '../testing/ldm-disks';
import { type MemoryDisk, memoryDisk } from '../testing/ldm-samples';
import {
  afterResync,
  assembleGroups,
  importAsIs,
  type LdmMember,
  markVolumes,
  openVolume,
  planResync,
  readMember,
  resyncStep,
} from './index';

const now = new Date('2026-11-21T00:00:00Z');
const PART = 100_000 - (100_000 % 512);

describe('resynchronisation', () => {
  let images: readonly Uint8Array[];
  let disks: MemoryDisk[];
  beforeAll(() => {
    images = createdDisks(everyLayout()).disks.map(({ bytes }) => bytes);
  });
  beforeEach(() => {
    disks = images.map((bytes) => memoryDisk(bytes.slice()));
  });

  /** The group as its disks are now. */
  const look = () => {
    const members = disks.map((disk) => readMember(disk)!);
    const group = assembleGroups(members)[0]!;
    const diskOf = (member: LdmMember) => disks[members.indexOf(member)];
    const volume = (layout: string) => group.volumes.find((each) => each.layout === layout)!;
    const plan = () =>
      planResync(group, () => true).map(({ volume: { name }, reason, source, targets }) => ({
        name,
        reason,
        source,
        targets: targets.map((member) => members.indexOf(member)),
      }));
    return { members, group, diskOf, volume, plan };
  };

  const apply = (patches: readonly (readonly { offsetBytes: number; bytes: Uint8Array }[])[]) =>
    patches.forEach((each, index) => {
      disks[index]!.apply(each);
    });

  const fill = (layout: string, value: number, absent: readonly number[] = []) => {
    const { volume, members } = look();
    const diskOf = (member: LdmMember) =>
      absent.includes(members.indexOf(member)) ? undefined : disks[members.indexOf(member)];
    const open = openVolume(volume(layout), diskOf);
    for (const { member, patches } of open.writeVolume(0, new Uint8Array(open.sizeBytes).fill(value)))
      disks[members.indexOf(member)]!.apply(patches);
  };

  const resync = () => {
    const { group, diskOf, members } = look();
    for (const plan of planResync(group, () => true)) {
      const size = plan.volume.sizeSectors * 512;
      for (let at = 0; at < size; at += PART) {
        for (const { member, patches } of resyncStep(plan, diskOf, at, Math.min(PART, size - at)))
          disks[members.indexOf(member)]!.apply(patches);
      }
    }
    apply(afterResync(disks, new Set(), now));
  };

  /** Goes on without one disk: the others get a transaction more, and new data. */
  const goOnWithout = (absent: number, layout: string) => {
    fill(layout, 7);
    const present = disks.filter((_, index) => index !== absent);
    const patches = importAsIs(present, now);
    present.forEach((disk, index) => {
      disk.apply(patches[index]!);
    });
    fill(layout, 9, [absent]);
  };

  it('has nothing to do for disks that stopped in order', () => {
    expect(look().plan()).toEqual([]);
  });

  it.each([
    [1, 'Volume3-02'],
    [2, 'Volume3-01'],
  ])('copies a mirror from the half that went on without disk %i', (absent, source) => {
    goOnWithout(absent, 'mirrored');
    const { group, members, volume, diskOf, plan } = look();
    expect(plan().filter(({ name }) => name === 'Volume3')).toEqual([
      { name: 'Volume3', reason: 'behind', source, targets: [absent] },
    ]);
    const other = absent === 1 ? 2 : 1;
    expect(planResync(group, () => true).find(({ copies }) => copies.length > 0)!.copies).toEqual([
      {
        from: { member: members[other], sector: expect.any(Number) },
        to: { member: members[absent], sector: expect.any(Number) },
        sizeSectors: 2048,
      },
    ]);
    expect(openVolume(volume('mirrored'), diskOf).degraded).toBe(true);
    expect(openVolume(volume('mirrored'), diskOf).read(0, 512)[0]).toBe(9);
    resync();
    const after = look();
    expect(after.plan()).toEqual([]);
    expect(new Set(after.members.map(({ vmdb }) => vmdb.committedTransaction)).size).toBe(1);
    for (const only of [1, 2]) {
      const half = openVolume(after.volume('mirrored'), (member) =>
        member === after.members[only] ? disks[only] : undefined,
      );
      expect(half.read(0, half.sizeBytes).every((byte) => byte === 9)).toBe(true);
    }
  });

  it.each([0, 1, 2, 3])('works out the column of a RAID-5 that went on without disk %i', (absent) => {
    goOnWithout(absent, 'raid5');
    expect(
      look()
        .plan()
        .find(({ name }) => name === 'Volume4'),
    ).toEqual({
      name: 'Volume4',
      reason: 'behind',
      source: undefined,
      targets: [absent],
    });
    resync();
    const { volume, members, diskOf, plan } = look();
    expect(plan()).toEqual([]);
    for (const lost of [undefined, ...members]) {
      const open = openVolume(volume('raid5'), (member) => (member === lost ? undefined : diskOf(member)));
      expect(open.read(0, open.sizeBytes).every((byte) => byte === 9)).toBe(true);
    }
  });

  it('sees what was being written at a hard stop, copies it, and is clean afterwards', () => {
    const guids = (layouts: readonly string[]) =>
      new Set(layouts.map((layout) => look().volume(layout).guid));
    fill('mirrored', 3);
    fill('raid5', 3);
    apply(markVolumes(look().members, guids(['mirrored', 'raid5', 'simple'])));
    const { members, volume } = look();
    // The power goes between the writes of one half and the other, and of data and parity.
    for (const layout of ['mirrored', 'raid5']) {
      const { disk, absoluteSector } = volume(layout).components[0]!.extents[0]!;
      disks[members.indexOf(disk.member!)]!.bytes.fill(
        4,
        absoluteSector! * 512,
        absoluteSector! * 512 + 4096,
      );
    }
    const stopped = look();
    expect(stopped.group.volumes.filter(({ dirty }) => dirty).map(({ name }) => name)).toEqual([
      'Volume3',
      'Volume4',
    ]);
    expect(stopped.plan()).toEqual([
      { name: 'Volume3', reason: 'dirty', source: 'Volume3-01', targets: [2] },
      { name: 'Volume4', reason: 'dirty', source: undefined, targets: [3, 0, 2, 1] },
    ]);
    resync();
    const after = look();
    expect(after.group.volumes.some(({ dirty }) => dirty)).toBe(false);
    expect(after.plan()).toEqual([]);
    const whole = openVolume(after.volume('raid5'), after.diskOf).read(0, 65_536);
    for (const lost of after.members) {
      const open = openVolume(after.volume('raid5'), (member) =>
        member === lost ? undefined : after.diskOf(member),
      );
      expect(open.read(0, 65_536)).toEqual(whole);
    }
  });

  it('counts up the log at each mark, on every disk, and touches nothing else', () => {
    const { members, volume } = look();
    const before = members[0]!.log;
    expect(before.map(({ sequence, entries }) => [sequence, entries.map(({ status }) => status)])).toEqual([
      [4, [0, 0]],
      [0, []],
    ]);
    const patches = markVolumes(members, new Set([volume('raid5').guid]));
    patches.forEach((each, index) => {
      expect(each.map(({ offsetBytes }) => offsetBytes)).toEqual([members[index]!.logSector * 512]);
    });
    apply(patches);
    const [page] = look().members[3]!.log;
    expect(page).toMatchObject({ sequence: 5, entries: [{ status: 0 }, { status: 2, recoverySequence: 1 }] });
    apply(markVolumes(look().members, new Set()));
    expect(look().members[3]!.log[0]).toMatchObject({
      sequence: 6,
      entries: [
        { status: 0, recoverySequence: 0 },
        { status: 0, recoverySequence: 1 },
      ],
    });
  });

  it('leaves alone what misses a half, and nothing outside the volume is asked for', () => {
    apply(markVolumes(look().members, new Set([look().volume('mirrored').guid])));
    const { group, members } = look();
    expect(planResync(group, (member) => member !== members[1])).toEqual([]);
    expect(() => resyncStep(planResync(group, () => true)[0]!, () => undefined, 0, 1 << 30)).toThrow(
      RangeError,
    );
  });
});
