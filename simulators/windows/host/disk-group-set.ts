import {
  afterResync,
  assembleGroups,
  type DiskGroup,
  type GroupVolume,
  importAsIs,
  importMerge,
  type LdmMember,
  markVolumes,
  planResync,
} from '../../disk/ldm';
import { type Patch, SECTOR_BYTES } from '../../disk/mbr';
import type { HostDisk } from './host-disk';

interface DiskGroupParts {
  readonly disks: readonly HostDisk[];
  /** Where on disk 0 the running system's volume starts. */
  readonly systemOffsetBytes: number;
  readonly now: () => Date;
}

/**
 * The machine's own disk groups: those that are not foreign. While mirrors are in use their log on the disks says so, and
 * an orderly stop takes that back: what is found dirty later was left by a hard stop, and is copied anew.
 */
export class DiskGroupSet {
  /** The primary disk group: Windows' own record of it was not found for Vista and later, so this one is ours. */
  readonly own = new Set<string>();
  /** Paths of disks whose halves of mirrors are to be copied; kept after the copy, so that nothing is set up anew. */
  readonly stale = new Set<string>();
  /** GUIDs of volumes that are marked as being written, by us. */
  readonly #inUse = new Set<string>();
  /** GUIDs of volumes that are being copied. */
  readonly #copying = new Set<string>();

  constructor(private readonly parts: DiskGroupParts) {}

  isOwn(disk: HostDisk): boolean {
    return disk.group !== undefined && this.own.has(disk.group);
  }

  /** The online disks of the group that foreign ones would join. */
  primaryMembers(): HostDisk[] {
    const primary = [...this.own].find((one) => this.members(one).length > 0);
    return primary === undefined ? [] : this.members(primary);
  }

  /** The online disks of a group. */
  members(group: string): HostDisk[] {
    return this.parts.disks.filter((disk) => disk.online && disk.group === group);
  }

  /**
   * Makes a foreign group the machine's own: as it is where there is no other, else by joining the one that there is
   * (KB816307).
   */
  adopt(group: string): void {
    const local = this.primaryMembers();
    if (local.length === 0) {
      this.own.add(group);
      this.#markStale(group);
      this.#raise(group);
      return;
    }
    const foreign = this.members(group);
    this.#write([...local, ...foreign], importMerge(devicesOf(local), devicesOf(foreign), this.parts.now()));
  }

  /** Disks that were away while their group went on get its present records, and mirrors in use are marked. */
  settle(): void {
    for (const group of this.own) {
      if (this.#markStale(group)) this.#raise(group);
      this.#markUsed(group);
    }
  }

  /** A disk goes: the rest of its group remembers that it went on alone; the last one is left in order. */
  left(disk: HostDisk, group: string): void {
    const rest = this.members(group);
    // Halves that were only half copied do not go on: the disk that left is the one that counts.
    const unfinished = this.#copying.size > 0 && rest.some(({ path }) => this.stale.has(path));
    this.stale.delete(disk.path);
    if (rest.length === 0) {
      this.#release([disk]);
    } else if (!unfinished) {
      for (const { path } of rest) this.stale.delete(path);
      this.#raise(group);
    }
  }

  /** A volume's halves are equal again. */
  copied(volume: string): void {
    if (!this.#copying.delete(volume)) return;
    for (const group of this.own) {
      const members = this.members(group);
      const volumes = groupOf(members)?.volumes ?? [];
      if (!volumes.some(({ guid }) => guid === volume) || !areWritable(members)) continue;
      this.#write(members, afterResync(devicesOf(members), this.#inUse, this.parts.now()));
    }
  }

  /** At an orderly stop, when nothing is mounted any more. */
  releaseAll(): void {
    for (const group of this.own) this.#release(this.members(group));
  }

  /** Notes what must be copied. True where a disk of the group has old records. */
  #markStale(group: string): boolean {
    const members = this.members(group);
    const assembled = groupOf(members);
    if (!assembled) return false;
    const pathOf = (member: LdmMember) => members.find(({ content }) => content.member === member)!.path;
    for (const { volume, reason, targets } of planResync(assembled, () => true)) {
      if (this.#isSystem(volume, members) || (reason === 'dirty' && this.#inUse.has(volume.guid))) continue;
      for (const target of targets) this.stale.add(pathOf(target));
      this.#copying.add(volume.guid);
    }
    const transactions = members.map(({ content }) => content.member!.vmdb.committedTransaction);
    const newest = transactions.reduce(larger, 0n);
    return members.some(({ path }, index) => {
      const behind = newest - transactions[index]!;
      // A stale disk stays behind by one until the copy is done.
      return behind > (this.stale.has(path) ? 1n : 0n);
    });
  }

  /** Raises the transaction of a group on all its online disks. Does nothing while one of them is read-only. */
  #raise(group: string): void {
    const members = this.members(group);
    if (members.length === 0 || !areWritable(members)) return;
    this.#write(members, importAsIs(devicesOf(members), this.parts.now()));
  }

  #markUsed(group: string): void {
    const members = this.members(group);
    if (!areWritable(members)) return;
    const unmarked = (groupOf(members)?.volumes ?? [])
      .filter(({ layout }) => layout === 'mirrored' || layout === 'raid5')
      .filter(({ guid, dirty }) => !dirty || !this.#inUse.has(guid));
    if (unmarked.length === 0) return;
    for (const { guid } of unmarked) this.#inUse.add(guid);
    this.#mark(members, this.#inUse);
  }

  /**
   * Takes the marks back, but for what is not copied yet, and for the system's own mirror: that is written on one half
   * only.
   */
  #release(members: readonly HostDisk[]): void {
    const volumes = groupOf(members)?.volumes ?? [];
    const kept = volumes.filter(
      (volume) => this.#copying.has(volume.guid) || this.#isSystem(volume, members),
    );
    for (const { guid } of volumes) this.#inUse.delete(guid);
    if (areWritable(members)) this.#mark(members, new Set(kept.map(({ guid }) => guid)));
  }

  #mark(members: readonly HostDisk[], dirty: ReadonlySet<string>): void {
    this.#write(
      members,
      markVolumes(
        members.map(({ content }) => content.member!),
        dirty,
      ),
    );
  }

  #write(members: readonly HostDisk[], patches: readonly (readonly Patch[])[]): void {
    members.forEach((member, index) => {
      member.device.write(patches[index] ?? []);
      member.refresh();
    });
  }

  #isSystem({ components }: GroupVolume, members: readonly HostDisk[]): boolean {
    const own = members.find(({ number }) => number === 0)?.content.member;
    const start = this.parts.systemOffsetBytes / SECTOR_BYTES;
    return components.some(({ extents }) =>
      extents.some(
        ({ disk, absoluteSector }) => own !== undefined && disk.member === own && absoluteSector === start,
      ),
    );
  }
}

const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);

const devicesOf = (disks: readonly HostDisk[]) => disks.map(({ device }) => device);

const areWritable = (disks: readonly HostDisk[]): boolean => disks.every(({ readOnly }) => !readOnly);

/** The group that these disks are of, as far as its records can be read. */
function groupOf(members: readonly HostDisk[]): DiskGroup | undefined {
  const readable = members.map(({ content }) => content.member).filter((member) => member !== undefined);
  return assembleGroups(readable)[0];
}
