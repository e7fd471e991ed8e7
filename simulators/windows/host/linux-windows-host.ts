import type { Patch } from '../../disk/mbr';
import {
  type DiskEdit,
  type DiskView,
  type VolumeCheck,
  type VolumeFormat,
  type VolumeView,
  type WindowsHost,
  WindowsHostError,
} from '../windows-host';
import { checkVolume } from './check-volume';
import { DiskSet } from './disk-set';
import { EMPTY_RECORD, type HostRecord } from './host-memory';
import type { BlockDevice, BlockDevices, HostOptions, Run } from './host-options';
import { LetterBook } from './letter-book';
import { linuxBlockDevices } from './linux-block-devices';
import { type LiveVolume, requireOwnNtfs, systemVolume, viewOf } from './live-volume';
import { LiveVolumes } from './live-volumes';
import { resizeNtfs, smallestNtfs } from './ntfs-resize';
import { blockDeviceMounter, formatNtfs, writeLabel } from './ntfs-volume';
import { Queue } from './queue';
import { RecordKeeper } from './record-keeper';
import { runCommand } from './run-command';
import { VolumeDevices, type VolumeProvider } from './volume-device';

/**
 * The Windows side of a Linux guest: disks with online, offline and foreign states, signature collisions, SAN policy,
 * volumes with letters, on real block devices, device-mapper and ntfs-3g. Needs root. Calls run one after the other.
 * What a call refuses is a `WindowsHostError`; nothing was changed then.
 */
export class LinuxWindowsHost implements WindowsHost {
  readonly hostName: string;
  readonly version: string;
  readonly systemDrive: string;
  readonly #run: Run;
  readonly #blockDevices: BlockDevices;
  readonly #disks: DiskSet;
  readonly #devices: VolumeProvider;
  readonly #volumes: LiveVolumes;
  readonly #queue = new Queue();
  readonly #mapperFolder: string;
  readonly #letters: LetterBook;
  readonly #keeper: RecordKeeper;

  private constructor(
    private readonly options: HostOptions,
    remembered: HostRecord,
  ) {
    const {
      hostName,
      version,
      systemDrive = 'C',
      run = runCommand,
      blockDevices = linuxBlockDevices,
    } = options;
    this.hostName = hostName;
    this.version = version;
    this.systemDrive = systemDrive;
    this.#run = run;
    this.#blockDevices = blockDevices;
    this.#mapperFolder = options.mapperFolder ?? '/dev/mapper';
    this.#disks = new DiskSet(options, blockDevices);
    this.#devices = options.volumeDevices ?? new VolumeDevices(run, blockDevices, this.#mapperFolder);
    this.#letters = new LetterBook(remembered.letters);
    const warn = options.warn ?? ((sentence) => console.error(sentence));
    this.#keeper = new RecordKeeper(options.memory, remembered, warn);
    this.#volumes = new LiveVolumes({
      devices: this.#devices,
      openDevice: blockDevices.open,
      mounter: options.mounter ?? blockDeviceMounter(run),
      writeOnDemand: options.writeOnDemand ?? false,
      mountRoot: options.mountRoot ?? '/win',
      systemDrive: options.systemVolume && systemDrive,
      systemMountPoint: options.systemVolume?.mountPoint,
      letters: this.#letters,
      warn,
    });
  }

  /** Looks at the disks, decides which come online, and mounts their volumes. */
  static async start(options: HostOptions): Promise<LinuxWindowsHost> {
    const remembered = (await options.memory?.load()) ?? EMPTY_RECORD;
    const host = new LinuxWindowsHost(options, remembered);
    host.#disks.decideAtStart(remembered);
    await host.#settle();
    await host.#remember();
    return host;
  }

  disks(): Promise<readonly DiskView[]> {
    return this.#queue.run(async () => this.#disks.views());
  }

  volumes(): Promise<readonly VolumeView[]> {
    return this.#queue.run(async () => {
      await this.#finishRebuilds();
      return this.#volumes.all.map(viewOf);
    });
  }

  rescan(): Promise<void> {
    return this.#change(async () => {
      const devices = await this.options.findDevices?.();
      if (devices) this.#disks.follow(devices);
      this.#disks.refresh();
    });
  }

  onlineDisk(disk: number): Promise<void> {
    return this.#change(async () => this.#disks.online(disk));
  }

  offlineDisk(disk: number): Promise<void> {
    return this.#change(async () => this.#disks.offline(disk));
  }

  setReadOnly(disk: number, readOnly: boolean): Promise<void> {
    return this.#change(async () => this.#disks.setReadOnly(disk, readOnly));
  }

  importForeign(disk: number): Promise<void> {
    return this.#change(async () => this.#disks.importForeign(disk));
  }

  setSignature(disk: number, signature: number): Promise<void> {
    return this.#change(async () => this.#disks.setSignature(disk, signature));
  }

  setVolumeOnline(volume: number, online: boolean): Promise<void> {
    return this.#change(() => this.#volumes.setOnline(this.#volume(volume), online));
  }

  formatVolume(volume: number, format: VolumeFormat): Promise<void> {
    return this.#change(async () => {
      const live = this.#volume(volume);
      const { disks, source } = live.plan;
      for (const disk of disks) disk.requireWritable();
      const startSector = source.kind === 'partition' ? source.startSector : 0;
      await this.#volumes.format(live, (device) => formatNtfs(this.#run, device, { ...format, startSector }));
      await this.#forgetBlocks(live);
    });
  }

  assignLetter(volume: number, letter?: string): Promise<string> {
    return this.#change(() => this.#volumes.assign(this.#volume(volume), letter));
  }

  removeLetter(volume: number): Promise<void> {
    return this.#change(async () => this.#volumes.removeLetter(this.#volume(volume)));
  }

  readDisk(disk: number, offsetBytes: number, length: number): Promise<Uint8Array> {
    return this.#queue.run(async () => {
      await this.#run('sync', []);
      return this.#disks.device(disk).read(offsetBytes, length);
    });
  }

  writeDisk(disk: number, patches: readonly Patch[]): Promise<void> {
    return this.#change(async () => {
      this.#disks.requireWritable(disk);
      await this.#volumes.leave((live) => live.plan.disks.some(({ number }) => number === disk));
      this.#disks.write(disk, patches);
    });
  }

  editDisks(disks: readonly number[], volumes: readonly number[], edit: DiskEdit): Promise<void> {
    return this.#change(async () => {
      for (const disk of disks) this.#disks.requireWritable(disk);
      const affected = volumes.map((number) => this.#volume(number));
      for (const { plan, letter } of affected) if (plan.system) throw systemVolume(letter);
      try {
        await this.#volumes.leave((live) => affected.includes(live));
        this.#disks.startWriting();
        this.#disks.markAtRest(this.#volumes.all.map(({ plan }) => plan));
        this.#disks.edit(disks, edit);
      } catch (error) {
        // What was taken away comes back.
        await this.#settle();
        throw error;
      }
    });
  }

  readVolume(volume: number, offsetBytes: number, length: number): Promise<Uint8Array> {
    return this.#queue.run(async () => {
      await this.#run('sync', []);
      return this.#openVolume(volume).read(offsetBytes, length);
    });
  }

  writeVolume(volume: number, patches: readonly Patch[]): Promise<void> {
    return this.#change(async () => {
      const live = this.#volume(volume);
      for (const disk of live.plan.disks) disk.requireWritable();
      const device = this.#openVolume(volume);
      await this.#volumes.without(live, async () => device.write(patches));
    });
  }

  /** Gives all volumes letters anew, by their numbers; a volume that is not named has none. */
  setLetters(letters: ReadonlyMap<number, string>): Promise<void> {
    return this.#queue.run(async () =>
      this.#volumes.setLetters(
        new Map([...letters].map(([number, letter]) => [this.#volume(number), letter] as const)),
      ),
    );
  }

  /** Mounts a volume for writing, where volumes are only read until then. */
  allowWriting(volume: number): Promise<void> {
    return this.#queue.run(async () => {
      const { plan } = this.#volume(volume);
      if (plan.location.style === 'dynamic') {
        this.#disks.startWriting();
        await this.#settle();
        await this.#finishRebuilds();
      }
      // It may have been set up anew.
      const live = this.#volumes.all.find((one) => one.plan.key === plan.key);
      if (live) await this.#volumes.allowWriting(live);
    });
  }

  /** Takes all volumes away, so that everything is written. The disks stay as they are. */
  close(): Promise<void> {
    return this.#queue.run(async () => {
      await this.#volumes.follow([]);
      this.#disks.markAtRest([]);
    });
  }

  checkVolume(volume: number, { repair }: { readonly repair: boolean }): Promise<VolumeCheck> {
    return this.#change(() =>
      checkVolume(this.#run, this.#volumes, this.#volume(volume), this.#devicePath(volume), repair),
    );
  }

  smallestFileSystem(volume: number): Promise<number> {
    return this.#change(() => this.#atRest(volume, (device) => smallestNtfs(this.#run, device)));
  }

  resizeFileSystem(volume: number, sizeBytes?: number): Promise<void> {
    return this.#change(() => this.#atRest(volume, (device) => resizeNtfs(this.#run, device, sizeBytes)));
  }

  setLabel(volume: number, label: string): Promise<void> {
    return this.#change(async () => {
      await this.#atRest(volume, (device) => writeLabel(this.#run, device, label));
      const live = this.#volume(volume);
      await this.#forgetBlocks(live);
      live.label = label;
    });
  }

  restart(): Promise<void> {
    return this.#leave('reboot');
  }

  shutdown(): Promise<void> {
    return this.#leave('poweroff');
  }

  authenticate(user: string, password: string): Promise<boolean> {
    return this.options.authenticate(user, password);
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      const result = await work();
      await this.#settle();
      await this.#remember();
      await this.#run('sync', []);
      return result;
    });
  }

  async #settle(): Promise<void> {
    const unequal = this.#disks.unequalColumns();
    await this.#volumes.leave(
      ({ plan: { location } }) => location.style === 'dynamic' && unequal.has(location.volumeGuid),
    );
    await this.#disks.workOutColumns();
    const plans = this.#disks.plan(this.#mapperFolder);
    this.#disks.markInUse(plans);
    await this.#volumes.follow(plans);
    this.#disks.markAtRest(plans);
  }

  #remember(): Promise<void> {
    return this.#keeper.keep({ letters: this.#letters.entries(), ...this.#disks.record() });
  }

  /** A rebuilt mirror is healthy when the kernel says that nothing is left to copy. */
  async #finishRebuilds(): Promise<void> {
    for (const live of this.#volumes.all) {
      const name = live.mapped.at(-1);
      if (live.plan.status !== 'Rebuild' || name === undefined) continue;
      if (!(await this.#devices.isInSync(name))) continue;
      live.plan = { ...live.plan, status: 'Healthy' };
      if (live.plan.location.style === 'dynamic') this.#disks.finishResync(live.plan.location.volumeGuid);
    }
  }

  #leave(command: 'reboot' | 'poweroff'): Promise<void> {
    return this.#queue.run(async () => {
      await this.#run('/opt/standin/end-logins', []).catch(() => undefined);
      await this.#finishRebuilds().catch(() => undefined);
      await this.#volumes.follow([]);
      const { systemVolume } = this.options;
      // Where the running system itself lies on its volume, that stays mounted, and sync has to do.
      if (systemVolume) await this.#run('umount', [systemVolume.mountPoint]).catch(() => undefined);
      await this.#run('sync', []);
      // From here on nothing is written: a stop without this leaves mirrors marked, and they are copied at the next start.
      this.#disks.markAtRest([]);
      await this.#run(command, ['-f']);
    });
  }

  /** The kernel keeps what it read of a whole disk while a program writes on one of its volumes. */
  async #forgetBlocks({ plan }: LiveVolume): Promise<void> {
    for (const { path } of plan.disks) await this.#run('blockdev', ['--flushbufs', path]);
  }

  /** Works on the device of an NTFS volume that may be written, while it is not mounted. */
  async #atRest<T>(number: number, work: (device: string) => Promise<T>): Promise<T> {
    const live = this.#volume(number);
    for (const disk of live.plan.disks) disk.requireWritable();
    requireOwnNtfs(live);
    return this.#volumes.without(live, () => work(this.#devicePath(number)));
  }

  #openVolume(number: number): BlockDevice {
    return this.#blockDevices.open(this.#devicePath(number));
  }

  #devicePath(number: number): string {
    const { device } = this.#volume(number);
    if (device !== undefined) return device;
    throw new WindowsHostError(
      'not-supported',
      `Volume ${number} cannot be opened as a device: too many of its disks are missing, or it holds the running system.`,
    );
  }

  #volume(number: number): LiveVolume {
    const { all } = this.#volumes;
    const volume = all[number];
    if (volume) return volume;
    throw new WindowsHostError(
      'no-such-volume',
      `There is no volume ${number}; this machine has ${all.length}.`,
    );
  }
}
