import { assembleGroups, type DiskGroup } from '../../disk/ldm';
import { SECTOR_BYTES } from '../../disk/mbr';
import { type DiskStatus, type DiskView, type OfflineReason, WindowsHostError } from '../windows-host';
import { type DiskContent, readDiskContent } from './disk-content';
import type { BlockDevice } from './host-options';

/** What viostor's disks are called in Windows. */
const VIRTIO_MODEL = 'Red Hat VirtIO SCSI Disk Device';

/** One disk and the state that Windows would keep about it. */
export class HostDisk {
  content: DiskContent;
  online = false;
  offlineReason: OfflineReason = 'none';
  readOnly = false;

  constructor(
    readonly number: number,
    readonly path: string,
    readonly device: BlockDevice,
    readonly model = VIRTIO_MODEL,
  ) {
    this.content = readDiskContent(device);
  }

  /** Reads the disk again. */
  refresh(): void {
    this.content = readDiskContent(this.device);
  }

  /** GUID of the disk group, where the disk is dynamic. */
  get group(): string | undefined {
    return this.content.member?.privHead.groupGuid.toLowerCase();
  }

  get groupName(): string | undefined {
    return this.content.member?.privHead.groupName;
  }

  /**
   * True where both carry the same MBR signature, GPT disk GUID or GUID of a partition. Two disks without one do not
   * collide.
   */
  collidesWith(other: HostDisk): boolean {
    const { signature, guid } = this.content;
    if (signature) return signature === other.content.signature;
    return (guid !== undefined && guid === other.content.guid) || this.sharedGuids(other).length > 0;
  }

  /** GUIDs of partitions that the other disk has as well. */
  sharedGuids(other: HostDisk): readonly string[] {
    return this.content.partitionGuids.filter((guid) => other.content.partitionGuids.includes(guid));
  }

  /** What `uniqueid disk` shows; undefined for a disk without a table. */
  get identity(): string | undefined {
    const { signature, guid } = this.content;
    return guid?.toUpperCase() ?? signature?.toString(16).toUpperCase().padStart(8, '0');
  }

  bringOnline(): void {
    this.online = true;
    this.offlineReason = 'none';
  }

  takeOffline(reason: OfflineReason): void {
    this.online = false;
    this.offlineReason = reason;
  }

  requireWritable(): void {
    if (!this.readOnly) return;
    throw new WindowsHostError(
      'write-protected',
      `Disk ${this.number} is read-only, so nothing was changed. Clear its read-only attribute first.`,
    );
  }

  view(ownGroups: ReadonlySet<string>, group: DiskGroup | undefined): DiskView {
    const { style, signature, guid, dynamic } = this.content;
    return {
      number: this.number,
      model: this.model,
      sizeBytes: this.device.sizeBytes,
      freeBytes: this.#freeSectors(group) * SECTOR_BYTES,
      status: this.#status(ownGroups),
      offlineReason: this.offlineReason,
      readOnly: this.readOnly,
      dynamic,
      style,
      signature,
      guid,
      bootDisk: this.number === 0,
    };
  }

  #status(ownGroups: ReadonlySet<string>): DiskStatus {
    if (!this.online) return 'Offline';
    if (this.content.damage !== undefined) return 'Errors';
    if (this.content.style === 'raw') return 'Not Initialized';
    return this.group !== undefined && !ownGroups.has(this.group) ? 'Foreign' : 'Online';
  }

  #freeSectors(group: DiskGroup | undefined): number {
    const { member, freeSectors } = this.content;
    if (!member || !group) return freeSectors;
    let used = 0;
    for (const { components } of group.volumes) {
      for (const { extents } of components) {
        for (const { disk, sizeSectors } of extents) if (disk.member === member) used += sizeSectors;
      }
    }
    return Math.max(0, member.privHead.publicSize - used);
  }
}

/** The disk groups on these disks. */
export function groupsOf(disks: readonly HostDisk[]): DiskGroup[] {
  return assembleGroups(disks.map(({ content }) => content.member).filter((member) => member !== undefined));
}
