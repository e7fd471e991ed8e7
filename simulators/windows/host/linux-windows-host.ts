import { type DiskView, type VolumeView, type WindowsHost, WindowsHostError } from '../windows-host';
import { DiskSet } from './disk-set';
import type { HostOptions, Run } from './host-options';
import { linuxBlockDevices } from './linux-block-devices';
import { type LiveVolume, LiveVolumes } from './live-volumes';
import { Queue } from './queue';
import { runCommand } from './run-command';
import { VolumeDevices } from './volume-device';

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
  readonly #disks: DiskSet;
  readonly #devices: VolumeDevices;
  readonly #volumes: LiveVolumes;
  readonly #queue = new Queue();
  readonly #mapperFolder: string;

  private constructor(private readonly options: HostOptions) {
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
    this.#mapperFolder = options.mapperFolder ?? '/dev/mapper';
    this.#disks = new DiskSet(options, blockDevices);
    this.#devices = new VolumeDevices(run, blockDevices, this.#mapperFolder);
    this.#volumes = new LiveVolumes({
      run,
      devices: this.#devices,
      mountRoot: options.mountRoot ?? '/win',
      systemDrive,
      systemMountPoint: options.systemVolume.mountPoint,
      warn: options.warn ?? ((sentence) => console.error(sentence)),
    });
  }

  /** Looks at the disks, decides which come online, and mounts their volumes. */
  static async start(options: HostOptions): Promise<LinuxWindowsHost> {
    const host = new LinuxWindowsHost(options);
    host.#disks.decideAtStart();
    await host.#settle();
    return host;
  }

  disks(): Promise<readonly DiskView[]> {
    return this.#queue.run(async () => this.#disks.views());
  }

  volumes(): Promise<readonly VolumeView[]> {
    return this.#queue.run(async () => {
      await this.#finishRebuilds();
      return this.#volumes.all.map((live, number) => this.#volumes.view(live, number));
    });
  }

  rescan(): Promise<void> {
    return this.#change(async () => this.#disks.refresh());
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

  assignLetter(volume: number, letter?: string): Promise<string> {
    return this.#change(() => this.#volumes.assign(this.#volume(volume), letter));
  }

  removeLetter(volume: number): Promise<void> {
    return this.#change(() => this.#volumes.removeLetter(this.#volume(volume)));
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
      // What was copied meanwhile is not copied again after the change.
      await this.#finishRebuilds().catch(() => undefined);
      const result = await work();
      await this.#settle();
      await this.#run('sync', []);
      return result;
    });
  }

  async #settle(): Promise<void> {
    const plans = this.#disks.plan(this.options.systemVolume.offsetBytes, this.#mapperFolder);
    this.#disks.markInUse(plans);
    await this.#volumes.follow(plans);
    this.#disks.markAtRest(plans);
  }

  /** A rebuilt mirror is healthy when the kernel says that nothing is left to copy. */
  async #finishRebuilds(): Promise<void> {
    for (const live of this.#volumes.all) {
      const name = live.mapped.at(-1);
      if (live.plan.status !== 'Rebuild' || name === undefined) continue;
      if (!(await this.#devices.isInSync(name))) continue;
      live.plan = { ...live.plan, status: 'Healthy' };
      const { location } = live.plan;
      if (location.style === 'dynamic') this.#disks.finishResync(location.volumeGuid);
    }
  }

  #leave(command: 'reboot' | 'poweroff'): Promise<void> {
    return this.#queue.run(async () => {
      await this.#run('/opt/standin/end-logins', []).catch(() => undefined);
      await this.#finishRebuilds().catch(() => undefined);
      await this.#volumes.follow([]);
      // Where the running system itself lies on its volume, that stays mounted, and sync has to do.
      await this.#run('umount', [this.options.systemVolume.mountPoint]).catch(() => undefined);
      await this.#run('sync', []);
      // From here on nothing is written: a stop without this leaves mirrors marked, and they are copied at the next start.
      this.#disks.markAtRest([]);
      await this.#run(command, ['-f']);
    });
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
