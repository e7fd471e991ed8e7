import type { DiskIdentities } from './disk-identity';
import type { HostDisk } from './host-disk';

/** Disks that say they are the same one: which of them stays online, and new identities for the others. */
export class Collisions {
  constructor(
    private readonly disks: readonly HostDisk[],
    private readonly identities: DiskIdentities,
  ) {}

  /** True where an online disk has the disk's signature or GUIDs. */
  collides(disk: HostDisk): boolean {
    return this.#others(disk).length > 0;
  }

  /** After a disk got the identity of another one: it goes offline, or the other one where it is disk 0 (our choice). */
  settle(disk: HostDisk): void {
    if (!disk.online) return;
    const others = this.#others(disk);
    if (disk.number === 0) for (const other of others) other.takeOffline('collision');
    else if (others.length > 0) disk.takeOffline('collision');
  }

  /** Gives the disk a signature or GUIDs of its own. */
  sign(disk: HostDisk): void {
    disk.requireWritable();
    const others = this.disks.filter((other) => other !== disk);
    disk.device.write(this.identities.replace(disk, others));
    disk.refresh();
  }

  #others(disk: HostDisk): HostDisk[] {
    return this.disks.filter((other) => other !== disk && other.online && other.collidesWith(disk));
  }
}
