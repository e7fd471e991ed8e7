import { SECTOR_BYTES } from '../mbr';
import { assembleGroups } from './group';
import type { DiskGroup, GroupVolume, VolumeExtent } from './group-types';
import type { LdmMember } from './member';
import { openComponent } from './open-component';
import { Raid5Io } from './raid5-component';
import { copiesBetween, type SectorCopy } from './sector-copies';
import { newestTransaction } from './up-to-date';
import { type DiskOf, type MemberPatches, PatchList } from './volume-column';

/** A volume with redundancy whose copies, or parity, differ or may differ. */
export interface ResyncPlan {
  readonly volume: GroupVolume;
  /** `behind`: a disk was away while the volume went on; `dirty`: the machine stopped while it was being written. */
  readonly reason: 'behind' | 'dirty';
  /** The component that counts; undefined for RAID-5, where the other columns do. */
  readonly source: string | undefined;
  /** Disks that will be written. */
  readonly targets: readonly LdmMember[];
  /** What to copy where, for a mirror of simple or spanned halves; empty for RAID-5, which is worked out. */
  readonly copies: readonly SectorCopy[];
}

type Present = (member: LdmMember) => boolean;

/**
 * Says for each volume of a group whether its copies must be made equal, and in which direction: from the first half
 * whose disks have the highest transaction. Where all have it and the log is dirty, from the first half (our choice:
 * after a hard stop each is as good as the other), and a RAID-5's parity from its data. Volumes that miss a half or
 * column are left as they are, and so are those of which too little is left.
 */
export function planResync(group: DiskGroup, present: Present): ResyncPlan[] {
  return group.volumes.flatMap((volume) => {
    if (volume.layout === 'mirrored') return planMirror(volume, present);
    return volume.layout === 'raid5' ? planRaid5(volume, present) : [];
  });
}

/** The members of one group whose half or column must be written before it counts again. */
export function behindMembers(members: readonly LdmMember[]): Set<LdmMember> {
  const behind = new Set<LdmMember>();
  for (const { volume, targets } of planResync(assembleGroups(members)[0]!, () => true)) {
    const newest = newestTransaction(volume, () => true);
    for (const member of targets) if (member.vmdb.committedTransaction < newest) behind.add(member);
  }
  return behind;
}

function planMirror(volume: GroupVolume, present: Present): ResyncPlan[] {
  const newest = newestTransaction(volume, present);
  const complete = volume.components.filter(({ extents }) =>
    extents.every((extent) => isPresent(extent, present)),
  );
  const current = complete.filter(({ extents }) => !extents.some((extent) => isBehind(extent, newest)));
  const behind = complete.filter((component) => !current.includes(component));
  const source = current[0];
  if (!source || (behind.length === 0 && !volume.dirty)) return [];
  const targets = volume.dirty ? complete.filter((component) => component !== source) : behind;
  if (targets.length === 0) return [];
  return [
    {
      volume,
      reason: behind.length > 0 ? 'behind' : 'dirty',
      source: source.name,
      targets: membersOf(targets.flatMap(({ extents }) => extents)),
      copies: targets.flatMap((target) => copiesBetween(source, target)),
    },
  ];
}

function planRaid5(volume: GroupVolume, present: Present): ResyncPlan[] {
  const { extents } = volume.components[0]!;
  if (!extents.every((extent) => isPresent(extent, present))) return [];
  const newest = newestTransaction(volume, present);
  const behind = extents.filter((extent) => isBehind(extent, newest));
  const columns = new Set(behind.map(({ column }) => column));
  if (columns.size > 1 || (columns.size === 0 && !volume.dirty)) return [];
  return [
    {
      volume,
      reason: columns.size > 0 ? 'behind' : 'dirty',
      source: undefined,
      targets: membersOf(extents.filter(({ column }) => columns.size === 0 || columns.has(column))),
      copies: [],
    },
  ];
}

/**
 * What to write so that the given bytes of the volume (RAID-5: the rows that hold them) are the same in all copies.
 * Call it for one part after the other, applying each; afterwards comes `afterResync`.
 */
export function resyncStep(
  { volume, source }: ResyncPlan,
  diskOf: DiskOf,
  offsetBytes: number,
  length: number,
): MemberPatches[] {
  const sizeBytes = volume.sizeSectors * SECTOR_BYTES;
  if (offsetBytes < 0 || length < 1 || offsetBytes + length > sizeBytes)
    throw new RangeError(
      `Bytes ${offsetBytes} to ${offsetBytes + length - 1} lie outside volume ${volume.name}, which has ${sizeBytes}.`,
    );
  const newest = newestTransaction(volume, (member) => diskOf(member) !== undefined);
  const components = volume.components.map((component) => ({
    name: component.name,
    io: openComponent(component, sizeBytes, diskOf, newest),
  }));
  const patches = new PatchList();
  const from = components.find(({ name }) => name === source) ?? components[0]!;
  if (from.io instanceof Raid5Io) {
    const { rowBytes } = from.io;
    from.io.rebuild(
      Math.floor(offsetBytes / rowBytes),
      Math.ceil((offsetBytes + length) / rowBytes),
      patches,
    );
  } else {
    const bytes = from.io.read(offsetBytes, length);
    for (const { io } of components) if (io !== from.io) io.write(offsetBytes, bytes, patches);
  }
  return patches.all;
}

function isPresent({ disk }: VolumeExtent, present: Present): boolean {
  return disk.member !== undefined && present(disk.member);
}

function isBehind({ disk }: VolumeExtent, newest: bigint): boolean {
  return disk.member !== undefined && disk.member.vmdb.committedTransaction < newest;
}

function membersOf(extents: readonly VolumeExtent[]): LdmMember[] {
  return [...new Set(extents.map(({ disk }) => disk.member).filter((member) => member !== undefined))];
}
