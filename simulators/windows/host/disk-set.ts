import { randomInt } from 'node:crypto';
import { readSectors, setSignature } from '../../disk/mbr';
import { type DiskView, WindowsHostError } from '../windows-host';
import { groupsOf, HostDisk } from './host-disk';
import type { BlockDevices, HostOptions, SanPolicy } from './host-options';
import { OwnGroups } from './own-groups';
import type { VolumePlan } from './volume-plan';
import { planVolumes } from './volume-plan';

const SIGNATURE_LIMIT = 0x1_0000_0000;

/** The machine's disks with what Windows knows of them: online or not and why, whose groups are its own. */
export class DiskSet {
  readonly #disks: readonly HostDisk[];
  readonly #ownGroups: OwnGroups;
  readonly #randomSignature: () => number;

  constructor(
    private readonly options: Pick<
      HostOptions,
      'devices' | 'sanPolicy' | 'primaryDiskGroup' | 'now' | 'randomSignature'
    >,
    blockDevices: BlockDevices,
  ) {
    this.#disks = options.devices.map(
      ({ path, model }, number) => new HostDisk(number, path, blockDevices.open(path), model),
    );
    this.#ownGroups = new OwnGroups(this.#disks, options.now ?? (() => new Date()));
    this.#randomSignature = options.randomSignature ?? (() => randomInt(1, SIGNATURE_LIMIT));
  }

  /**
   * Disk 0 is online, and with it the disks of the machine's own groups. For the rest: a disk whose signature is that of an
   * online one stays offline (collision); else the SAN policy decides, and a disk it keeps offline is read-only too.
   */
  decideAtStart(): void {
    const [own, ...others] = this.#disks;
    if (!own)
      throw new Error('No block device was given. A Windows host needs at least its own system disk.');
    own.bringOnline();
    const { primaryDiskGroup } = this.options;
    for (const disk of this.#disks) {
      const isOwn = disk === own || (primaryDiskGroup !== undefined && disk.groupName === primaryDiskGroup);
      if (isOwn && disk.group !== undefined) this.#ownGroups.add(disk.group);
    }
    for (const disk of others) {
      if (this.#collides(disk)) {
        disk.takeOffline('collision');
      } else if (bringsOnline(this.options.sanPolicy) || this.#ownGroups.has(disk.group)) {
        disk.bringOnline();
      } else {
        disk.takeOffline('policy');
        disk.readOnly = true;
      }
    }
  }

  refresh(): void {
    for (const disk of this.#disks) disk.refresh();
  }

  views(): DiskView[] {
    const groups = groupsOf(this.#disks);
    return this.#disks.map((disk) =>
      disk.view(
        this.#ownGroups.guids,
        groups.find(({ guid }) => guid === disk.group),
      ),
    );
  }

  /** The volumes that the disks' state asks for. Brings disks of own groups that were away up to date first. */
  plan(systemOffsetBytes: number, mapperFolder: string): VolumePlan[] {
    this.#ownGroups.catchUp();
    return planVolumes({
      disks: this.#disks,
      groups: groupsOf(this.#disks.filter(({ online }) => online)),
      ownGroups: this.#ownGroups.guids,
      resyncs: this.#ownGroups.resyncs,
      systemOffsetBytes,
      mapperFolder,
    });
  }

  online(number: number): void {
    const disk = this.#disk(number);
    if (disk.online) throw new WindowsHostError('already-online', `Disk ${number} is online already.`);
    if (this.#collides(disk)) this.#replaceSignature(disk);
    disk.bringOnline();
  }

  offline(number: number): void {
    const disk = this.#disk(number);
    if (number === 0) {
      throw new WindowsHostError('system-disk', 'Disk 0 holds the running system and stays online.');
    }
    if (!disk.online) throw new WindowsHostError('already-offline', `Disk ${number} is offline already.`);
    disk.takeOffline('policy');
    this.#ownGroups.leave(disk);
  }

  setReadOnly(number: number, readOnly: boolean): void {
    const disk = this.#disk(number);
    if (number === 0 && readOnly) {
      throw new WindowsHostError('system-disk', 'Disk 0 holds the running system and stays writable.');
    }
    disk.readOnly = readOnly;
  }

  importForeign(number: number): void {
    const disk = this.#disk(number);
    if (!disk.online)
      throw new WindowsHostError('offline', `Disk ${number} is offline. Bring it online first.`);
    const { group } = disk;
    if (group === undefined || this.#ownGroups.has(group)) {
      throw new WindowsHostError(
        'not-foreign',
        `Disk ${number} is not foreign, so there is nothing to import.`,
      );
    }
    this.#ownGroups.importGroup(group);
  }

  /** Call it before the volumes of the plans are mounted: mirrors and RAID-5 volumes are marked as being written. */
  markInUse(plans: readonly VolumePlan[]): void {
    this.#ownGroups.markInUse(plans);
  }

  /** Call it when only the volumes of the plans are mounted: the marks of the others go. */
  markAtRest(plans: readonly VolumePlan[]): void {
    this.#ownGroups.markAtRest(plans);
  }

  /** Call it when the copies of a dynamic volume have become equal. */
  finishResync(volumeGuid: string): void {
    this.#ownGroups.finishResync(volumeGuid);
  }

  /** Where the new signature collides, the changed disk goes offline; the other one where it is disk 0 (our choice). */
  setSignature(number: number, signature: number): void {
    const disk = this.#disk(number);
    this.#writeSignature(disk, signature);
    if (!disk.online) return;
    const others = this.#disks.filter((other) => other !== disk && other.online && other.collidesWith(disk));
    if (number === 0) for (const other of others) other.takeOffline('collision');
    else if (others.length > 0) disk.takeOffline('collision');
  }

  #collides(disk: HostDisk): boolean {
    return this.#disks.some((other) => other !== disk && other.online && other.collidesWith(disk));
  }

  #replaceSignature(disk: HostDisk): void {
    const used = new Set(this.#disks.map(({ content }) => content.signature));
    let signature = this.#randomSignature();
    while (signature === 0 || used.has(signature)) signature = this.#randomSignature();
    this.#writeSignature(disk, signature);
  }

  #writeSignature(disk: HostDisk, signature: number): void {
    if (disk.content.style !== 'mbr') {
      throw new WindowsHostError(
        'not-supported',
        `Disk ${disk.number} has no master boot record; only MBR signatures can be changed here, no GPT disk GUIDs.`,
      );
    }
    disk.requireWritable();
    disk.device.write([{ offsetBytes: 0, bytes: setSignature(readSectors(disk.device, 0), signature) }]);
    disk.refresh();
  }

  #disk(number: number): HostDisk {
    const disk = this.#disks[number];
    if (disk) return disk;
    throw new WindowsHostError(
      'no-such-disk',
      `There is no disk ${number}; this machine has ${this.#disks.length}.`,
    );
  }
}

function bringsOnline(policy: SanPolicy): boolean {
  return policy === 'OnlineAll' || policy === 'OfflineInternal';
}
