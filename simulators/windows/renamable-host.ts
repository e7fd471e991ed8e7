import type { Patch } from '../disk/mbr';
import type { DiskEdit, DiskView, VolumeCheck, VolumeFormat, VolumeView, WindowsHost } from './windows-host';

/** A host whose name may change while it runs: provisioning gives the machine its name after the shell is up. */
export class RenamableHost implements WindowsHost {
  hostName: string;
  version: string;
  systemDrive: string;
  readonly #host: WindowsHost;

  constructor(host: WindowsHost) {
    this.#host = host;
    this.hostName = host.hostName;
    this.version = host.version;
    this.systemDrive = host.systemDrive;
  }

  disks(): Promise<readonly DiskView[]> {
    return this.#host.disks();
  }
  volumes(): Promise<readonly VolumeView[]> {
    return this.#host.volumes();
  }
  rescan(): Promise<void> {
    return this.#host.rescan();
  }
  onlineDisk(disk: number): Promise<void> {
    return this.#host.onlineDisk(disk);
  }
  offlineDisk(disk: number): Promise<void> {
    return this.#host.offlineDisk(disk);
  }
  setReadOnly(disk: number, readOnly: boolean): Promise<void> {
    return this.#host.setReadOnly(disk, readOnly);
  }
  importForeign(disk: number): Promise<void> {
    return this.#host.importForeign(disk);
  }
  assignLetter(volume: number, letter?: string): Promise<string> {
    return this.#host.assignLetter(volume, letter);
  }
  removeLetter(volume: number): Promise<void> {
    return this.#host.removeLetter(volume);
  }
  setSignature(disk: number, signature: number): Promise<void> {
    return this.#host.setSignature(disk, signature);
  }
  setVolumeOnline(volume: number, online: boolean): Promise<void> {
    return this.#host.setVolumeOnline(volume, online);
  }
  formatVolume(volume: number, format: VolumeFormat): Promise<void> {
    return this.#host.formatVolume(volume, format);
  }
  readDisk(disk: number, offsetBytes: number, length: number): Promise<Uint8Array> {
    return this.#host.readDisk(disk, offsetBytes, length);
  }
  writeDisk(disk: number, patches: readonly Patch[]): Promise<void> {
    return this.#host.writeDisk(disk, patches);
  }
  readVolume(volume: number, offsetBytes: number, length: number): Promise<Uint8Array> {
    return this.#host.readVolume(volume, offsetBytes, length);
  }
  writeVolume(volume: number, patches: readonly Patch[]): Promise<void> {
    return this.#host.writeVolume(volume, patches);
  }
  checkVolume(volume: number, options: { readonly repair: boolean }): Promise<VolumeCheck> {
    return this.#host.checkVolume(volume, options);
  }
  editDisks(disks: readonly number[], volumes: readonly number[], edit: DiskEdit): Promise<void> {
    return this.#host.editDisks(disks, volumes, edit);
  }
  smallestFileSystem(volume: number): Promise<number> {
    return this.#host.smallestFileSystem(volume);
  }
  resizeFileSystem(volume: number, sizeBytes?: number): Promise<void> {
    return this.#host.resizeFileSystem(volume, sizeBytes);
  }
  setLabel(volume: number, label: string): Promise<void> {
    return this.#host.setLabel(volume, label);
  }
  restart(): Promise<void> {
    return this.#host.restart();
  }
  shutdown(): Promise<void> {
    return this.#host.shutdown();
  }
  authenticate(user: string, password: string): Promise<boolean> {
    return this.#host.authenticate(user, password);
  }
}
