import { importAsIs } from '../../disk/ldm';
import type { HostDisk } from './host-disk';

/** The machine's own disk groups: those that are not foreign. Brings their disks up to date. */
export class DiskGroupSet {
  /** The primary disk group: Windows' own record of it was not found for Vista and later, so this one is ours. */
  readonly own = new Set<string>();
  /** Paths of disks whose halves of mirrors were left behind; kept after the copy, so that nothing is set up anew. */
  readonly stale = new Set<string>();

  constructor(
    private readonly disks: readonly HostDisk[],
    private readonly now: () => Date,
  ) {}

  isOwn(disk: HostDisk): boolean {
    return disk.group !== undefined && this.own.has(disk.group);
  }

  /** The online disks of a group. */
  members(group: string): HostDisk[] {
    return this.disks.filter((disk) => disk.online && disk.group === group);
  }

  /** Makes a foreign group the machine's own. */
  adopt(group: string): void {
    this.#markStale(this.members(group));
    this.write(group);
    this.own.add(group);
  }

  /** Disks that were away while their group went on get its present records. */
  catchUp(): void {
    for (const group of this.own) if (this.#markStale(this.members(group))) this.write(group);
  }

  /** Raises the transaction of a group on all its online disks. Does nothing while one of them is read-only. */
  write(group: string): void {
    const members = this.members(group);
    if (members.length === 0 || members.some(({ readOnly }) => readOnly)) return;
    const patches = importAsIs(
      members.map(({ device }) => device),
      this.now(),
    );
    members.forEach((member, index) => {
      member.device.write(patches[index] ?? []);
      member.refresh();
    });
  }

  #markStale(members: readonly HostDisk[]): boolean {
    const transactions = members.map(({ content }) => content.member?.vmdb.committedTransaction ?? 0n);
    const behind = members.filter((_, index) => transactions.some((other) => other > transactions[index]!));
    for (const { path } of behind) this.stale.add(path);
    return behind.length > 0;
  }
}
