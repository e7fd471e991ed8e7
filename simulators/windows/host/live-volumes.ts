import type { VolumeView } from '../windows-host';
import { WindowsHostError } from '../windows-host';
import type { Run } from './host-options';
import { nextFreeLetter } from './letters';
import { isNtfs, mountNtfs, readLabel, serialNumber, unmountNtfs } from './ntfs-volume';
import type { VolumeDevices } from './volume-device';
import type { VolumePlan } from './volume-plan';

/** A volume as it is served now. */
export interface LiveVolume {
  plan: VolumePlan;
  /** N of `\Device\HarddiskVolumeN`. */
  readonly deviceNumber: number;
  letter: string | undefined;
  label: string;
  fileSystem: string;
  device: string | undefined;
  mapped: readonly string[];
  mountPoint: string | undefined;
}

export interface LiveVolumesParts {
  readonly run: Run;
  readonly devices: VolumeDevices;
  readonly mountRoot: string;
  readonly systemDrive: string;
  readonly systemMountPoint: string;
  readonly warn: (sentence: string) => void;
}

/** Keeps devices, mounts and letters in step with the plans. Every online NTFS volume is mounted, with or without a letter. */
export class LiveVolumes {
  #live: LiveVolume[] = [];
  /** As Windows' MountedDevices: what a volume was called last time; undefined for "no letter on purpose". */
  readonly #remembered = new Map<string, string | undefined>();
  readonly #deviceNumbers = new Map<string, number>();

  constructor(private readonly parts: LiveVolumesParts) {}

  get all(): readonly LiveVolume[] {
    return this.#live;
  }

  /** Takes away what is no longer planned, then brings in what is new or has changed. */
  async follow(plans: readonly VolumePlan[]): Promise<void> {
    for (const live of [...this.#live]) {
      const plan = plans.find(({ key }) => key === live.plan.key);
      if (plan && fingerprint(plan) === fingerprint(live.plan)) live.plan = plan;
      else await this.#detach(live);
    }
    for (const plan of plans) {
      if (!this.#live.some((live) => live.plan.key === plan.key)) await this.#attach(plan);
    }
    this.#live.sort((a, b) => a.deviceNumber - b.deviceNumber);
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
    await this.#rename(live, letter);
    return letter;
  }

  async removeLetter(live: LiveVolume): Promise<void> {
    this.#refuseSystem(live);
    await this.#rename(live, undefined);
  }

  view(live: LiveVolume, number: number): VolumeView {
    const { plan } = live;
    return {
      number,
      letter: live.letter,
      label: live.label,
      fileSystem: live.fileSystem,
      type: plan.type,
      sizeBytes: plan.sizeBytes,
      status: plan.status,
      info: plan.disks[0]?.number !== 0 ? '' : plan.active ? 'System' : plan.system ? 'Boot' : '',
      diskNumbers: plan.disks.map((disk) => disk.number),
      devicePath: `\\Device\\HarddiskVolume${live.deviceNumber}`,
      location: plan.location,
      serialNumber: live.fileSystem === 'NTFS' ? serialNumber(plan.bootSector) : undefined,
      mountPoint: live.mountPoint,
    };
  }

  #refuseSystem(live: LiveVolume): void {
    if (!live.plan.system) return;
    throw new WindowsHostError(
      'not-supported',
      `${live.letter}: is the running system's volume and keeps its letter.`,
    );
  }

  async #rename(live: LiveVolume, letter: string | undefined): Promise<void> {
    await this.#unmount(live);
    live.letter = letter;
    this.#remembered.set(live.plan.key, letter);
    await this.#mount(live);
  }

  async #attach(plan: VolumePlan): Promise<void> {
    const { systemDrive, systemMountPoint } = this.parts;
    const ntfs = isNtfs(plan.bootSector);
    const live: LiveVolume = {
      plan,
      deviceNumber: this.#deviceNumber(plan.key),
      letter: plan.system ? systemDrive : this.#letterFor(plan),
      label: '',
      fileSystem: ntfs ? 'NTFS' : 'RAW',
      device: undefined,
      mapped: [],
      mountPoint: plan.system ? systemMountPoint : undefined,
    };
    this.#live.push(live);
    try {
      await this.#serve(live);
    } catch (error) {
      // One damaged volume must not take the others with it: Windows shows such a volume as RAW.
      live.fileSystem = 'RAW';
      this.parts.warn(`${this.view(live, 0).devicePath} cannot be served. ${(error as Error).message}`);
    }
  }

  async #serve(live: LiveVolume): Promise<void> {
    const { plan } = live;
    const ready =
      plan.system && plan.source.kind === 'mapped' ? undefined : await this.parts.devices.prepare(plan);
    live.device = ready?.path;
    live.mapped = ready?.mapped ?? [];
    if (live.fileSystem !== 'NTFS' || live.device === undefined) return;
    live.label = await readLabel(this.parts.run, live.device);
    await this.#mount(live);
  }

  async #detach(live: LiveVolume): Promise<void> {
    await this.#unmount(live);
    await this.parts.devices.release(live.mapped);
    if (live.letter !== undefined) this.#remembered.set(live.plan.key, live.letter);
    this.#live = this.#live.filter((other) => other !== live);
  }

  async #mount(live: LiveVolume): Promise<void> {
    if (live.plan.system || live.device === undefined || live.fileSystem !== 'NTFS') return;
    const mountPoint = `${this.parts.mountRoot}/${live.letter ?? `HarddiskVolume${live.deviceNumber}`}`;
    await mountNtfs(this.parts.run, live.device, mountPoint, live.plan.readOnly);
    live.mountPoint = mountPoint;
  }

  async #unmount(live: LiveVolume): Promise<void> {
    if (live.plan.system || live.mountPoint === undefined) return;
    await unmountNtfs(this.parts.run, live.mountPoint);
    live.mountPoint = undefined;
  }

  /**
   * The letter from last time where it is free; else the next free one, as Windows' automount gives to basic volumes.
   * Not for the running system's own boot partition. An imported volume gets one only where its record has a letter
   * hint: that letter, or the next free one (our choice).
   */
  #letterFor(plan: VolumePlan): string | undefined {
    const taken = this.#taken();
    if (this.#remembered.has(plan.key)) {
      const letter = this.#remembered.get(plan.key);
      if (letter === undefined || !taken.has(letter)) return letter;
    }
    if (plan.source.kind === 'partition') {
      return plan.active && plan.disks[0]?.number === 0 ? undefined : nextFreeLetter(taken);
    }
    if (plan.mountHint === undefined) return undefined;
    return taken.has(plan.mountHint) ? nextFreeLetter(taken) : plan.mountHint;
  }

  #taken(): Set<string> {
    const letters = this.#live.map(({ letter }) => letter).filter((letter) => letter !== undefined);
    return new Set([...letters, this.parts.systemDrive]);
  }

  #deviceNumber(key: string): number {
    const number = this.#deviceNumbers.get(key) ?? this.#deviceNumbers.size + 1;
    this.#deviceNumbers.set(key, number);
    return number;
  }
}

/** Changes when the volume must be unmounted and set up again. */
function fingerprint({ source, readOnly }: VolumePlan): string {
  return JSON.stringify([source, readOnly]);
}
