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
import type { Patch } from '../../disk/mbr';
import type { HostDisk } from './host-disk';
import { isMarked, isSystemMirror, writtenVolumes } from './volume-marks';
import type { VolumePlan, VolumeResync } from './volume-plan';
import { workOutColumns } from './work-out-columns';

/** A copy of a volume that is being made, or was; kept afterwards, so that nothing is set up anew. */
interface Resync extends VolumeResync {
  readonly group: string;
  done: boolean;
  /** The group's disks say that it is done; they do when no other copy of the group is left to make. */
  recorded: boolean;
}

interface OwnGroupsParts {
  readonly disks: readonly HostDisk[];
  /** Where on disk 0 the running system's volume starts; undefined where none runs. */
  readonly systemOffsetBytes: number | undefined;
  readonly now: () => Date;
}

/** What the machine knows of its own disk groups: which they are, which copies are out of date, what is being written. */
export class OwnGroups {
  /** The primary disk group: Windows' own record of it was not found for Vista and later, so this one is ours. */
  readonly #guids = new Set<string>();
  /** By volume GUID. */
  readonly #resyncs = new Map<string, Resync>();
  /** GUIDs of volumes with redundancy that are being written: their logs are marked. */
  #inUse: ReadonlySet<string> = new Set();
  /** GUIDs of volumes that go on with a half or column missing; their groups have written so. */
  readonly #alone = new Set<string>();
  /** Disks that were taken offline while their logs may still be marked. */
  #leaving: HostDisk[] = [];

  constructor(private readonly parts: OwnGroupsParts) {}

  get guids(): ReadonlySet<string> {
    return this.#guids;
  }

  get resyncs(): ReadonlyMap<string, VolumeResync> {
    return this.#resyncs;
  }

  add(guid: string): void {
    this.#guids.add(guid);
  }

  has(guid: string | undefined): guid is string {
    return guid !== undefined && this.#guids.has(guid);
  }

  /** Merges a foreign group into the own one that has disks online, or adopts it as it is where there is none. */
  importGroup(guid: string): void {
    const theirs = this.#onlineDisks(guid);
    const primary = [...this.#guids].find((own) => this.#onlineDisks(own).length > 0);
    const ours = primary === undefined ? [] : this.#onlineDisks(primary);
    for (const disk of [...theirs, ...ours]) disk.requireWritable();
    if (primary === undefined) {
      this.#write(theirs, importAsIs(devicesOf(theirs), this.parts.now()));
      this.#guids.add(guid);
      return;
    }
    const patches = importMerge(devicesOf(ours), devicesOf(theirs), this.parts.now());
    this.#write(theirs, patches.slice(ours.length));
    this.#write(ours, patches.slice(0, ours.length));
  }

  /** The rest of the disk's group remembers that it went on alone. */
  leave(disk: HostDisk): void {
    if (!this.has(disk.group)) return;
    this.#leaving.push(disk);
    // A half that was not copied to its end does not go on where the one that counts leaves.
    const rest = this.#onlineDisks(disk.group).map(({ path }) => path);
    const unfinished = [...this.#resyncs.values()].some(
      ({ done, paths }) => !done && !paths.has(disk.path) && rest.some((path) => paths.has(path)),
    );
    if (!unfinished) this.#nextTransaction(disk.group);
    // What was made equal on it does not count when it comes back: its group goes on.
    for (const [volume, { done, recorded, paths }] of this.#resyncs)
      if (done && !recorded && paths.has(disk.path)) this.#resyncs.delete(volume);
  }

  /** Finds copies that are out of date, and brings disks that were away and hold none up to the newest database. */
  catchUp(): void {
    for (const guid of this.#guids) {
      const group = this.#assemble(guid);
      if (!group) continue;
      const plans = planResync(group, () => true);
      for (const { volume, reason, targets } of plans) {
        if (this.#isSystem(volume)) continue;
        // Our own mark on a volume that is in use says nothing about its copies.
        if (reason === 'dirty' && this.#inUse.has(volume.guid)) continue;
        const before = this.#resyncs.get(volume.guid);
        const paths = this.#pathsOf(targets);
        const known = before?.reason === reason && paths.every((path) => before.paths.has(path));
        if (known && !before.recorded) continue;
        const all = new Set([...(before?.reason === reason ? before.paths : []), ...paths]);
        this.#resyncs.set(volume.guid, { group: guid, reason, paths: all, done: false, recorded: false });
      }
      const held = new Set(plans.flatMap(({ targets }) => targets));
      const left = group.disks.some(
        ({ member }) => member && !held.has(member) && member.vmdb.committedTransaction < group.transaction,
      );
      if (left) this.#nextTransaction(guid);
    }
  }

  /** GUIDs of RAID-5 volumes that must be made equal before they are served: nothing else does it. */
  unequalColumns(): ReadonlySet<string> {
    this.catchUp();
    const volumes = [...this.#guids].flatMap((guid): readonly GroupVolume[] => {
      const readOnly = this.#onlineDisks(guid).some((disk) => disk.readOnly);
      return readOnly ? [] : (this.#assemble(guid)?.volumes ?? []);
    });
    const unequal = volumes.filter(
      ({ guid, layout }) => layout === 'raid5' && this.#resyncs.get(guid)?.done === false,
    );
    return new Set(unequal.map(({ guid }) => guid));
  }

  /** Makes the volumes of `unequalColumns` equal. They must not be in use. */
  async workOutColumns(): Promise<void> {
    const unequal = this.unequalColumns();
    if (unequal.size === 0) return;
    for (const guid of this.#guids) {
      const group = this.#assemble(guid);
      if (!group) continue;
      for (const volume of await workOutColumns(group, this.#onlineDisks(guid), unequal))
        this.finishResync(volume);
    }
  }

  /** Before the plans' volumes are written: marks those with redundancy. */
  markInUse(plans: readonly VolumePlan[]): void {
    const wanted = writtenVolumes(plans);
    this.#inUse = new Set([...this.#inUse, ...wanted.keys()]);
    for (const [volume, plan] of wanted) {
      const group = plan.disks[0]?.group;
      if (plan.status !== 'Failed Rd') this.#alone.delete(volume);
      else if (!this.#alone.has(volume) && group !== undefined) {
        this.#alone.add(volume);
        this.#nextTransaction(group);
      }
    }
    this.#writeLogs();
  }

  /** When nothing but the plans' volumes is written any more: clears the marks of the others, where they are in step. */
  markAtRest(plans: readonly VolumePlan[]): void {
    this.#inUse = new Set(writtenVolumes(plans).keys());
    this.#writeLogs();
    for (const disk of this.#leaving) {
      const { member } = disk.content;
      if (disk.online || disk.readOnly || !member) continue;
      const marks = this.#pending();
      if (!isMarked([member], marks)) this.#write([disk], markVolumes([member], marks));
    }
    this.#leaving = [];
  }

  /** The volume's copies are equal now. When no copy of its group is left to make, the disks that were behind catch up. */
  finishResync(volume: string): void {
    const resync = this.#resyncs.get(volume);
    if (!resync || resync.done) return;
    resync.done = true;
    const { group } = resync;
    if ([...this.#resyncs.values()].some((other) => other.group === group && !other.done)) return;
    const disks = this.#onlineDisks(group);
    if (disks.length === 0 || disks.some(({ readOnly }) => readOnly)) return;
    this.#write(disks, afterResync(devicesOf(disks), this.#marks(), this.parts.now()));
    for (const one of this.#resyncs.values()) if (one.group === group) one.recorded = true;
  }

  #onlineDisks(group: string): HostDisk[] {
    return this.parts.disks.filter((disk) => disk.online && disk.group === group);
  }

  #assemble(group: string): DiskGroup | undefined {
    return assembleGroups(membersOf(this.#onlineDisks(group)))[0];
  }

  #pathsOf(members: readonly LdmMember[]): string[] {
    return this.parts.disks
      .filter(({ content }) => content.member && members.includes(content.member))
      .map(({ path }) => path);
  }

  /** GUIDs of volumes that must be marked. */
  #marks(): Set<string> {
    return new Set([...this.#inUse, ...this.#pending()]);
  }

  /** GUIDs of volumes whose copies may differ since a hard stop. */
  #pending(): Set<string> {
    const pending = [...this.#resyncs].filter(([, { reason, done }]) => reason === 'dirty' && !done);
    return new Set([...pending.map(([guid]) => guid), ...this.#systemVolumes()]);
  }

  /** The running system's own mirror is written on one half only, outside of this, so it is never in step. */
  #systemVolumes(): string[] {
    return [...this.#guids].flatMap((guid) =>
      (this.#assemble(guid)?.volumes ?? []).filter((one) => this.#isSystem(one)).map((one) => one.guid),
    );
  }

  #isSystem(volume: GroupVolume): boolean {
    return isSystemMirror(volume, this.parts.disks[0]?.content.member, this.parts.systemOffsetBytes);
  }

  #writeLogs(): void {
    const marks = this.#marks();
    for (const guid of this.#guids) {
      const disks = this.#onlineDisks(guid).filter(({ readOnly }) => !readOnly);
      const members = membersOf(disks);
      if (members.length > 0 && !isMarked(members, marks)) this.#write(disks, markVolumes(members, marks));
    }
  }

  /** Raises the transaction of a group on all its online disks. Does nothing while one of them is read-only. */
  #nextTransaction(group: string): void {
    const disks = this.#onlineDisks(group);
    if (disks.length === 0 || disks.some(({ readOnly }) => readOnly)) return;
    this.#write(disks, importAsIs(devicesOf(disks), this.parts.now()));
  }

  #write(disks: readonly HostDisk[], patches: readonly (readonly Patch[])[]): void {
    disks.forEach((disk, index) => {
      disk.device.write(patches[index] ?? []);
      disk.refresh();
    });
  }
}

function membersOf(disks: readonly HostDisk[]): LdmMember[] {
  return disks.map(({ content }) => content.member).filter((member) => member !== undefined);
}

function devicesOf(disks: readonly HostDisk[]): HostDisk['device'][] {
  return disks.map(({ device }) => device);
}
