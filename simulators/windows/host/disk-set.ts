import type { Patch } from '../../disk/mbr';
import { changeSignature } from '../disk-tables';
import { type DiskEdit, type DiskView, WindowsHostError } from '../windows-host';
import { Collisions } from './collisions';
import { DiskDecisions } from './disk-decisions';
import { DiskIdentities } from './disk-identity';
import { groupsOf, HostDisk } from './host-disk';
import type { HostRecord } from './host-memory';
import type { BlockDevice, BlockDevices, HostOptions } from './host-options';
import { OwnGroups } from './own-groups';
import type { VolumePlan } from './volume-plan';
import { planVolumes } from './volume-plan';

/** The machine's disks with what Windows knows of them: online or not and why, whose groups are its own. */
export class DiskSet {
  readonly #disks: HostDisk[];
  readonly #groups: OwnGroups;
  readonly #collisions: Collisions;
  #decisions: DiskDecisions;
  /** Nothing on the disks is to change, not even their records, until something is to be written. */
  #onlyRead: boolean;

  constructor(
    private readonly options: Pick<
      HostOptions,
      | 'devices'
      | 'sanPolicy'
      | 'primaryDiskGroup'
      | 'ownsAllGroups'
      | 'readOnly'
      | 'writeOnDemand'
      | 'systemVolume'
      | 'now'
      | 'randomSignature'
      | 'newGuid'
      | 'version'
    >,
    private readonly blockDevices: BlockDevices,
  ) {
    this.#disks = options.devices.map(
      ({ path, model }, number) => new HostDisk(number, path, blockDevices.open(path), model),
    );
    this.#groups = new OwnGroups({
      disks: this.#disks,
      systemOffsetBytes: options.systemVolume?.offsetBytes,
      now: options.now ?? (() => new Date()),
    });
    this.#collisions = new Collisions(this.#disks, new DiskIdentities(options));
    this.#decisions = new DiskDecisions(options.sanPolicy, []);
    this.#onlyRead = options.writeOnDemand === true;
  }

  /**
   * Disk 0 is online, and with it the disks of the machine's own groups. For the rest: a disk whose signature is that
   * of an online one stays offline (collision), but Windows before 6.1 signs it anew and goes on. Then what somebody
   * decided about the disk before the restart holds; else the SAN policy decides, and a disk it keeps offline is
   * read-only too.
   */
  decideAtStart(remembered: Pick<HostRecord, 'disks' | 'groups'>): void {
    const [own, ...others] = this.#disks;
    if (!own)
      throw new Error('No block device was given. A Windows host needs at least its own system disk.');
    const { sanPolicy, version } = this.options;
    this.#decisions = new DiskDecisions(hasSanPolicy(version) ? sanPolicy : 'OnlineAll', remembered.disks);
    own.bringOnline();
    const { primaryDiskGroup, ownsAllGroups, systemVolume } = this.options;
    for (const disk of this.#disks) {
      disk.readOnly = this.options.readOnly === true;
      const isOwn =
        (disk === own && systemVolume !== undefined && ownsAllGroups !== false) ||
        ownsAllGroups === true ||
        (primaryDiskGroup !== undefined && disk.groupName === primaryDiskGroup) ||
        (disk.group !== undefined && remembered.groups.includes(disk.group));
      if (isOwn && disk.group !== undefined) this.#groups.add(disk.group);
    }
    for (const disk of others) this.#decide(disk);
  }

  /**
   * Takes in disks that were plugged in meanwhile, each with the lowest free number, and lets go of those that are gone.
   * Disk 0 stays, and the others keep their numbers.
   */
  follow(paths: readonly string[]): void {
    const gone = this.#disks.filter(({ number, path }) => number !== 0 && !paths.includes(path));
    for (const disk of gone) this.#disks.splice(this.#disks.indexOf(disk), 1);
    for (const path of paths.filter((one) => !this.#disks.some((disk) => disk.path === one))) {
      const taken = this.#disks.findIndex(({ number }, index) => number !== index);
      const number = taken === -1 ? this.#disks.length : taken;
      const disk = new HostDisk(number, path, this.blockDevices.open(path));
      this.#disks.splice(number, 0, disk);
      this.#decide(disk);
    }
  }

  device(number: number): BlockDevice {
    return this.#disk(number).device;
  }

  /** Throws where the disk is offline or read-only. */
  requireWritable(number: number): void {
    const disk = this.#disk(number);
    if (!disk.online)
      throw new WindowsHostError('offline', `Disk ${number} is offline. Bring it online first.`);
    disk.requireWritable();
  }

  /** Writes raw bytes. A disk that they give the signature of another one cannot stay online beside it. */
  write(number: number, patches: readonly Patch[]): void {
    const disk = this.#disk(number);
    disk.device.write(patches);
    this.refresh();
    this.#collisions.settle(disk);
  }

  /** Writes what `edit` makes of several disks. */
  edit(numbers: readonly number[], edit: DiskEdit): void {
    const disks = numbers.map((number) => this.#disk(number));
    const patches = edit(disks.map(({ device }) => device));
    disks.forEach(({ device }, index) => {
      device.write(patches[index] ?? []);
    });
    this.refresh();
    for (const disk of disks) this.#collisions.settle(disk);
  }

  /** GUIDs of the RAID-5 volumes that `workOutColumns` will make equal. */
  unequalColumns(): ReadonlySet<string> {
    return this.#onlyRead ? new Set() : this.#groups.unequalColumns();
  }

  /** Makes the columns of RAID-5 volumes that are behind, and the parity of those that were torn by a hard stop. */
  async workOutColumns(): Promise<void> {
    if (!this.#onlyRead) await this.#groups.workOutColumns();
  }

  refresh(): void {
    for (const disk of this.#disks) disk.refresh();
  }

  views(): DiskView[] {
    const groups = groupsOf(this.#disks);
    return this.#disks.map((disk) =>
      disk.view(
        this.#groups.guids,
        groups.find(({ guid }) => guid === disk.group),
      ),
    );
  }

  /** What the next start shall find. */
  record(): Pick<HostRecord, 'disks' | 'groups'> {
    return { disks: this.#decisions.entries(), groups: [...this.#groups.guids] };
  }

  /** The volumes that the disks' state asks for. Brings disks of own groups that were away up to date first. */
  plan(mapperFolder: string): VolumePlan[] {
    if (!this.#onlyRead) this.#groups.catchUp();
    return planVolumes({
      disks: this.#disks,
      groups: groupsOf(this.#disks.filter(({ online }) => online)),
      ownGroups: this.#groups.guids,
      resyncs: this.#groups.resyncs,
      systemOffsetBytes: this.options.systemVolume?.offsetBytes,
      mapperFolder,
    });
  }

  /** From the next plan on copies that are out of date are made anew, and volumes in use are marked. */
  startWriting(): void {
    this.#onlyRead = false;
  }

  /** Call it before the volumes of the plans are mounted: mirrors and RAID-5 volumes are marked as being written. */
  markInUse(plans: readonly VolumePlan[]): void {
    if (!this.#onlyRead) this.#groups.markInUse(plans);
  }

  /** Call it when only the volumes of the plans are mounted: the marks of the others go. */
  markAtRest(plans: readonly VolumePlan[]): void {
    if (!this.#onlyRead) this.#groups.markAtRest(plans);
  }

  /** Call it when the copies of a dynamic volume have become equal. */
  finishResync(volumeGuid: string): void {
    this.#groups.finishResync(volumeGuid);
  }

  online(number: number): void {
    const disk = this.#disk(number);
    if (disk.online) throw new WindowsHostError('already-online', `Disk ${number} is online already.`);
    if (this.#collisions.collides(disk)) this.#collisions.sign(disk);
    disk.bringOnline();
    this.#decisions.remember(disk);
  }

  offline(number: number): void {
    const disk = this.#disk(number);
    if (number === 0) {
      throw new WindowsHostError('system-disk', 'Disk 0 holds the running system and stays online.');
    }
    if (!disk.online) throw new WindowsHostError('already-offline', `Disk ${number} is offline already.`);
    disk.takeOffline('policy');
    this.#decisions.remember(disk);
    this.#groups.leave(disk);
  }

  setReadOnly(number: number, readOnly: boolean): void {
    const disk = this.#disk(number);
    if (number === 0 && readOnly) {
      throw new WindowsHostError('system-disk', 'Disk 0 holds the running system and stays writable.');
    }
    disk.readOnly = readOnly;
    this.#decisions.remember(disk);
  }

  importForeign(number: number): void {
    const disk = this.#disk(number);
    if (!disk.online)
      throw new WindowsHostError('offline', `Disk ${number} is offline. Bring it online first.`);
    const { group } = disk;
    if (group === undefined || this.#groups.has(disk.group)) {
      throw new WindowsHostError(
        'not-foreign',
        `Disk ${number} is not foreign, so there is nothing to import.`,
      );
    }
    this.#groups.importGroup(group);
  }

  /** Where the new signature collides, the changed disk goes offline; the other one where it is disk 0 (our choice). */
  setSignature(number: number, signature: number): void {
    const disk = this.#disk(number);
    if (disk.content.style !== 'mbr') {
      throw new WindowsHostError(
        'not-supported',
        `Disk ${disk.number} has no master boot record, so there is no MBR signature to change.`,
      );
    }
    disk.requireWritable();
    disk.device.write(changeSignature(disk.device, signature));
    disk.refresh();
    this.#collisions.settle(disk);
  }

  #decide(disk: HostDisk): void {
    const collides = this.#collisions.collides(disk);
    if (collides && !signsSilently(this.options.version)) {
      disk.takeOffline('collision');
      return;
    }
    if (collides) this.#collisions.sign(disk);
    this.#decisions.apply(disk, this.#groups.has(disk.group));
  }

  #disk(number: number): HostDisk {
    const disk = this.#disks.find((one) => one.number === number);
    if (disk) return disk;
    throw new WindowsHostError(
      'no-such-disk',
      `There is no disk ${number}; this machine has ${this.#disks.length}.`,
    );
  }
}

/** Up to Windows Vista and Server 2008 (6.0); 6.1 and later hold a colliding disk offline. */
function signsSilently(version: string): boolean {
  return !hasSanPolicy(version) || version.startsWith('6.0');
}

/** Windows before Vista knows no disk that is offline by a policy. */
function hasSanPolicy(version: string): boolean {
  return !version.startsWith('5.');
}
