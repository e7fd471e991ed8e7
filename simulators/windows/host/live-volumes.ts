import { WindowsHostError } from '../windows-host';
import { withEqualMirror } from './equal-mirror';
import type { BlockDevices } from './host-options';
import type { LetterBook } from './letter-book';
import { chooseLetter, nextFreeLetter } from './letters';
import { fingerprint, identify, type LiveVolume, viewOf } from './live-volume';
import type { VolumeMounter } from './ntfs-volume';
import type { VolumeProvider } from './volume-device';
import type { VolumePlan } from './volume-plan';

export interface LiveVolumesParts {
  readonly devices: VolumeProvider;
  readonly openDevice: BlockDevices['open'];
  readonly mounter: VolumeMounter;
  /** Volumes are mounted for reading until something is to be written on them. */
  readonly writeOnDemand: boolean;
  readonly mountRoot: string;
  /** Letter and folder of the running system's volume; none where no system runs from these disks. */
  readonly systemDrive: string | undefined;
  readonly systemMountPoint: string | undefined;
  /** Windows' `MountedDevices`. */
  readonly letters: LetterBook;
  readonly warn: (sentence: string) => void;
}

/** Keeps devices, mounts and letters in step with the plans. Every online volume of a known file system is mounted, with or without a letter. */
export class LiveVolumes {
  #live: LiveVolume[] = [];
  readonly #deviceNumbers = new Map<string, number>();
  /** Letters of volumes that are about to be attached. */
  #expected: readonly string[] = [];

  constructor(private readonly parts: LiveVolumesParts) {}

  get all(): readonly LiveVolume[] {
    return this.#live;
  }

  /** Takes away what is no longer planned, then brings in what is new or has changed. */
  async follow(plans: readonly VolumePlan[]): Promise<void> {
    for (const live of [...this.#live]) {
      const plan = plans.find(({ key }) => key === live.plan.key);
      if (plan && fingerprint(plan) === fingerprint(live.plan)) this.#keep(live, plan);
      else await this.#detach(live);
    }
    const coming = plans.filter(({ key }) => !this.#live.some((live) => live.plan.key === key));
    // What has had its letter before comes first, so that no newcomer takes it.
    this.#expected = coming.map(({ location }) => this.parts.letters.recall(location)?.letter ?? '');
    for (const plan of coming) await this.#attach(plan);
    this.#live.sort((a, b) => a.deviceNumber - b.deviceNumber);
  }

  /** Takes volumes away, but for the running system's own, until they are planned again. */
  async leave(which: (live: LiveVolume) => boolean): Promise<void> {
    for (const live of this.#live.filter((one) => which(one) && !one.plan.system)) await this.#detach(live);
  }

  /** Does something while the volume's files are out of reach. The running system's own volume stays mounted. */
  async without<T>(live: LiveVolume, work: () => Promise<T>): Promise<T> {
    const mounted = live.mountPoint !== undefined;
    await this.#unmount(live);
    try {
      return await work();
    } finally {
      if (mounted) await this.#mount(live);
    }
  }

  /** Mounts a volume for writing that was only read so far. */
  async allowWriting(live: LiveVolume): Promise<void> {
    if (live.writable || live.plan.readOnly) return;
    live.writable = true;
    if (live.mountPoint === undefined) return;
    await this.#unmount(live);
    await this.#mount(live);
  }

  /** Lets `work` write a file system onto the volume's device. It is looked at anew when it is planned next. */
  async format(live: LiveVolume, work: (device: string) => Promise<void>): Promise<void> {
    this.#refuseSystem(live);
    const { device } = live;
    if (device === undefined) {
      throw new WindowsHostError('not-supported', 'Too many disks of the volume are missing to format it.');
    }
    await this.#unmount(live);
    await work(device);
    await this.#detach(live);
  }

  async setOnline(live: LiveVolume, online: boolean): Promise<void> {
    this.#refuseSystem(live);
    live.offline = !online;
    if (!online) await this.#unmount(live);
    else if (live.mountPoint === undefined) await this.#mount(live);
  }

  async assign(live: LiveVolume, wanted?: string): Promise<string> {
    const taken = this.#taken();
    const letter = wanted?.toUpperCase() ?? nextFreeLetter(taken);
    if (letter === undefined) {
      throw new WindowsHostError(
        'no-free-letter',
        'All letters from C to Z are taken. Remove one from another volume.',
      );
    }
    if (!/^[A-Z]$/.test(letter))
      throw new WindowsHostError('not-supported', `"${letter}" is no drive letter; use A to Z.`);
    if (letter === live.letter) return letter;
    if (taken.has(letter)) {
      throw new WindowsHostError(
        'letter-in-use',
        `${letter}: belongs to another volume. Choose a free letter.`,
      );
    }
    this.#refuseSystem(live);
    this.#rename(live, letter);
    return letter;
  }

  removeLetter(live: LiveVolume): void {
    this.#refuseSystem(live);
    this.#rename(live, undefined);
  }

  /** Gives all volumes letters anew; a volume that is not named has none. */
  setLetters(letters: ReadonlyMap<LiveVolume, string>): void {
    for (const live of this.#live) if (!live.plan.system) this.#rename(live, letters.get(live));
  }

  #refuseSystem(live: LiveVolume): void {
    if (!live.plan.system) return;
    throw new WindowsHostError(
      'system-volume',
      `${live.letter}: is the running system's volume and keeps its letter.`,
    );
  }

  #rename(live: LiveVolume, letter: string | undefined): void {
    live.letter = letter;
    this.parts.letters.remember(live.plan.location, letter);
  }

  async #attach(plan: VolumePlan): Promise<void> {
    const { letters, systemDrive, systemMountPoint } = this.parts;
    const live: LiveVolume = {
      plan,
      deviceNumber: this.#deviceNumber(plan.key),
      letter: plan.system
        ? systemDrive
        : chooseLetter(plan, { letters, taken: this.#taken(), expected: this.#expected }),
      label: '',
      fileSystem: 'RAW',
      serialNumber: undefined,
      device: undefined,
      mapped: [],
      mountPoint: plan.system ? systemMountPoint : undefined,
      writable: !plan.readOnly && !this.parts.writeOnDemand,
      offline: false,
    };
    if (live.letter !== undefined) letters.remember(plan.location, live.letter);
    this.#live.push(live);
    try {
      await this.#serve(live);
    } catch (error) {
      // One damaged volume must not take the others with it: Windows shows such a volume as RAW.
      live.fileSystem = 'RAW';
      live.label = '';
      live.serialNumber = undefined;
      this.parts.warn(`${viewOf(live, 0).devicePath} cannot be served. ${(error as Error).message}`);
    }
  }

  async #serve(live: LiveVolume): Promise<void> {
    const { plan } = live;
    const ready =
      plan.system && plan.source.kind === 'mapped' ? undefined : await this.parts.devices.prepare(plan);
    live.device = ready?.path;
    live.mapped = ready?.mapped ?? [];
    identify(live);
    const { device } = live;
    if (device === undefined) return;
    const isNtfs = live.fileSystem === 'NTFS' && !plan.readOnly;
    await withEqualMirror(isNtfs && (() => this.parts.openDevice(device)), () => this.#mount(live));
  }

  async #detach(live: LiveVolume): Promise<void> {
    await this.#unmount(live);
    await this.parts.devices.release(live.mapped);
    this.#live = this.#live.filter((other) => other !== live);
  }

  async #mount(live: LiveVolume): Promise<void> {
    const { device, fileSystem, plan } = live;
    const { mounter } = this.parts;
    if (plan.system || live.offline || device === undefined || !mounter.fileSystems.has(fileSystem)) return;
    // Not by its letter, which comes and goes while files are open.
    const mountPoint = `${this.parts.mountRoot}/HarddiskVolume${live.deviceNumber}`;
    await mounter.mount({ device, fileSystem }, mountPoint, !live.writable);
    live.mountPoint = mountPoint;
  }

  async #unmount(live: LiveVolume): Promise<void> {
    if (live.plan.system || live.mountPoint === undefined) return;
    await this.parts.mounter.unmount(live.mountPoint);
    live.mountPoint = undefined;
  }

  /** The same volume may be named anew: its disk has another signature. It keeps its letter. */
  #keep(live: LiveVolume, plan: VolumePlan): void {
    const { letters } = this.parts;
    const known = letters.recall(live.plan.location);
    const renamed = JSON.stringify(live.plan.location) !== JSON.stringify(plan.location);
    live.plan = plan;
    if (known && renamed) letters.remember(plan.location, known.letter);
  }

  #taken(): Set<string> {
    const letters = [...this.#live.map(({ letter }) => letter), this.parts.systemDrive];
    return new Set(letters.filter((letter) => letter !== undefined));
  }

  #deviceNumber(key: string): number {
    const number = this.#deviceNumbers.get(key) ?? this.#deviceNumbers.size + 1;
    this.#deviceNumbers.set(key, number);
    return number;
  }
}
