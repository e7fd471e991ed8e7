import type { Patch } from '../../../disk/mbr';
import {
  type DiskEdit,
  type DiskStatus,
  type DiskView,
  type VolumeCheck,
  type VolumeFormat,
  type VolumeLocation,
  type VolumeView,
  type WindowsHost,
  WindowsHostError,
} from '../../windows-host';
import { SparseBytes } from './sparse-bytes';

export interface MemoryVolume {
  readonly label?: string;
  readonly letter?: string;
  readonly sizeBytes?: number;
  readonly type?: VolumeView['type'];
  readonly info?: VolumeView['info'];
  readonly location?: VolumeLocation;
  /** A real folder, where files shall be reachable. */
  readonly mountPoint?: string;
  /** Further disks of a volume that lies on several. */
  readonly diskNumbers?: readonly number[];
}

export interface MemoryDisk {
  readonly model?: string;
  readonly sizeBytes?: number;
  readonly freeBytes?: number;
  readonly status?: DiskStatus;
  readonly offlineReason?: DiskView['offlineReason'];
  readonly readOnly?: boolean;
  readonly dynamic?: boolean;
  readonly signature?: number;
  readonly guid?: string;
  readonly bootDisk?: boolean;
  readonly volumes?: readonly MemoryVolume[];
}

const GiB = 2 ** 30;

/** A machine in memory for tests: it knows disks and volumes, letters and what was asked of it. */
export class MemoryHost implements WindowsHost {
  hostName = 'WINRESCUEOVH';
  readonly version: string;
  readonly systemDrive = 'C';
  readonly log: string[] = [];
  readonly #disks: DiskView[];
  readonly #raw = new Map<string, SparseBytes>();
  readonly #volumes: (VolumeView & { readonly disk: number })[];

  constructor(disks: readonly MemoryDisk[], version = '10.0.17763') {
    this.version = version;
    this.#disks = disks.map((disk, number) => ({
      number,
      model: disk.model ?? 'QEMU HARDDISK',
      sizeBytes: disk.sizeBytes ?? 10 * GiB,
      freeBytes: disk.freeBytes ?? 0,
      status: disk.status ?? 'Online',
      offlineReason: disk.offlineReason ?? 'none',
      readOnly: disk.readOnly ?? false,
      dynamic: disk.dynamic ?? false,
      style: disk.guid === undefined ? 'mbr' : 'gpt',
      signature: disk.guid === undefined ? (disk.signature ?? 0x1000 + number) : undefined,
      guid: disk.guid,
      bootDisk: disk.bootDisk ?? number === 0,
    }));
    this.#volumes = disks
      .flatMap((disk, number) =>
        (disk.volumes ?? []).map((volume, index) => ({ disk, volume, number, index })),
      )
      .map(({ volume, number, index }, position) => ({
        disk: number,
        number: position,
        letter: volume.letter,
        label: volume.label ?? '',
        fileSystem: 'NTFS',
        type: volume.type ?? 'Partition',
        sizeBytes: volume.sizeBytes ?? 9 * GiB,
        status: 'Healthy',
        info: volume.info ?? '',
        diskNumbers: [number, ...(volume.diskNumbers ?? [])],
        devicePath: `\\Device\\HarddiskVolume${position + 1}`,
        location: volume.location ?? {
          style: 'mbr',
          signature: this.#disks[number]?.signature ?? 0,
          offsetBytes: 2 ** 20 * (1 + index * 100),
        },
        mountPoint: volume.mountPoint,
      }));
  }

  async disks(): Promise<readonly DiskView[]> {
    return this.#disks;
  }

  async volumes(): Promise<readonly VolumeView[]> {
    return this.#volumes.filter(({ disk }) => this.#disks[disk]?.status === 'Online');
  }

  async rescan(): Promise<void> {
    this.log.push('rescan');
  }

  async onlineDisk(disk: number): Promise<void> {
    const { dynamic, offlineReason, status } = this.#disk(disk);
    if (status !== 'Offline') throw new WindowsHostError('already-online', `Disk ${disk} is online.`);
    this.#change(disk, { status: dynamic ? 'Foreign' : 'Online', offlineReason: 'none' });
    if (offlineReason === 'collision') await this.setSignature(disk, 0x5eed0000 + disk);
    for (const volume of this.#volumes) {
      if (volume.disk === disk && !dynamic && volume.letter === undefined)
        await this.assignLetter(volume.number);
    }
  }

  async offlineDisk(disk: number): Promise<void> {
    if (this.#disk(disk).bootDisk) throw new WindowsHostError('system-disk', `Disk ${disk} is the system's.`);
    this.#change(disk, { status: 'Offline', offlineReason: 'policy' });
  }

  async setReadOnly(disk: number, readOnly: boolean): Promise<void> {
    this.#change(disk, { readOnly });
  }

  async importForeign(disk: number): Promise<void> {
    this.log.push(`import ${disk}`);
    for (const { number, status } of [...this.#disks])
      if (status === 'Foreign') this.#change(number, { status: 'Online' });
  }

  async assignLetter(volume: number, letter?: string): Promise<string> {
    const taken = this.#volumes.map((one) => one.letter);
    if (letter !== undefined && taken.includes(letter))
      throw new WindowsHostError('letter-in-use', `${letter} is in use.`);
    const free = letter ?? [...'DEFGHIJKLMNOPQRSTUVWXYZ'].find((one) => !taken.includes(one));
    if (free === undefined) throw new WindowsHostError('no-free-letter', 'All letters are in use.');
    this.#changeVolume(volume, { letter: free });
    return free;
  }

  async removeLetter(volume: number): Promise<void> {
    this.#changeVolume(volume, { letter: undefined });
  }

  async setSignature(disk: number, signature: number): Promise<void> {
    this.#change(disk, { signature });
    for (const { disk: owner, number, location } of [...this.#volumes]) {
      if (owner === disk && location.style === 'mbr')
        this.#changeVolume(number, { location: { ...location, signature } });
    }
  }

  async setVolumeOnline(volume: number, online: boolean): Promise<void> {
    this.#changeVolume(volume, { status: online ? 'Healthy' : 'Offline' });
  }

  async formatVolume(volume: number, format: VolumeFormat): Promise<void> {
    this.log.push(`format ${volume} ${JSON.stringify(format)}`);
    this.#changeVolume(volume, { label: format.label, fileSystem: 'NTFS' });
  }

  async readDisk(disk: number, offsetBytes: number, length: number): Promise<Uint8Array> {
    this.#disk(disk);
    return this.#read(`disk ${disk}`, offsetBytes, length);
  }

  async writeDisk(disk: number, patches: readonly Patch[]): Promise<void> {
    const { status, readOnly } = this.#disk(disk);
    if (status === 'Offline') throw new WindowsHostError('offline', `Disk ${disk} is offline.`);
    if (readOnly) throw new WindowsHostError('write-protected', `Disk ${disk} is read-only.`);
    this.#write(`disk ${disk}`, patches);
  }

  async editDisks(disks: readonly number[], _volumes: readonly number[], edit: DiskEdit): Promise<void> {
    const patches = edit(
      disks.map((number) => ({
        sizeBytes: this.#disk(number).sizeBytes,
        read: (offset, length) => this.#read(`disk ${number}`, offset, length),
      })),
    );
    for (const [index, number] of disks.entries()) await this.writeDisk(number, patches[index] ?? []);
  }

  async readVolume(volume: number, offsetBytes: number, length: number): Promise<Uint8Array> {
    return this.#read(`volume ${volume}`, offsetBytes, length);
  }

  async writeVolume(volume: number, patches: readonly Patch[]): Promise<void> {
    this.#write(`volume ${volume}`, patches);
  }

  /** What checks find, by volume number; sound where nothing is said. */
  readonly checks = new Map<number, VolumeCheck | 'in-use'>();

  async checkVolume(volume: number, { repair }: { readonly repair: boolean }): Promise<VolumeCheck> {
    const { info } = this.#volumes[volume] ?? { info: '' };
    if (repair && info === 'Boot') throw new WindowsHostError('system-disk', 'It holds the running system.');
    const found = this.checks.get(volume) ?? { sound: true, repaired: false };
    if (found === 'in-use') throw new WindowsHostError('in-use', `Volume ${volume} is in use.`);
    this.log.push(`${repair ? 'repair' : 'check'} ${volume}`);
    return repair ? found : { sound: found.sound && !found.repaired, repaired: false };
  }

  async smallestFileSystem(volume: number): Promise<number> {
    return Math.floor((this.#volumes[volume]?.sizeBytes ?? 0) / 4);
  }

  async resizeFileSystem(volume: number, sizeBytes?: number): Promise<void> {
    this.log.push(`resize ${volume} ${sizeBytes ?? 'all'}`);
  }

  async setLabel(volume: number, label: string): Promise<void> {
    this.#changeVolume(volume, { label });
  }

  async restart(): Promise<void> {
    this.log.push('restart');
  }

  async shutdown(): Promise<void> {
    this.log.push('shutdown');
  }

  async authenticate(): Promise<boolean> {
    return false;
  }

  /** Bytes by their place: a disk here has many, and few are ever written. */
  #write(what: string, patches: readonly Patch[]): void {
    const held = this.#raw.get(what) ?? new SparseBytes();
    this.#raw.set(what, held);
    for (const { offsetBytes, bytes } of patches) held.write(offsetBytes, bytes);
  }

  #read(what: string, offsetBytes: number, length: number): Uint8Array {
    return this.#raw.get(what)?.read(offsetBytes, length) ?? new Uint8Array(length);
  }

  #disk(number: number): DiskView {
    const disk = this.#disks[number];
    if (!disk) throw new WindowsHostError('no-such-disk', `There is no disk ${number}.`);
    return disk;
  }

  #change(number: number, change: Partial<DiskView>): void {
    this.#disks[number] = { ...this.#disk(number), ...change };
  }

  #changeVolume(number: number, change: Partial<VolumeView>): void {
    const volume = this.#volumes[number];
    if (!volume) throw new WindowsHostError('no-such-volume', `There is no volume ${number}.`);
    this.#volumes[number] = { ...volume, ...change };
  }
}
