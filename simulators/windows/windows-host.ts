import type { Patch, SectorReader } from '../disk/mbr';

/**
 * What the console tools ask of the machine they run on. `simulators/windows/host` implements it for a running
 * stand-in (block devices, device-mapper, ntfs-3g); tests use an in-memory one.
 */
export type DiskStatus = 'Online' | 'Offline' | 'Foreign' | 'Missing' | 'Errors' | 'Not Initialized';
export type OfflineReason = 'policy' | 'collision' | 'none';

export interface DiskView {
  /** Number as diskpart prints it: 0 is the disk of the running system. */
  readonly number: number;
  readonly model: string;
  readonly sizeBytes: number;
  readonly freeBytes: number;
  readonly status: DiskStatus;
  readonly offlineReason: OfflineReason;
  readonly readOnly: boolean;
  readonly dynamic: boolean;
  readonly style: 'mbr' | 'gpt' | 'raw';
  /** MBR disk signature (u32), where style is mbr. */
  readonly signature: number | undefined;
  /** GPT disk GUID, lower case without braces, where style is gpt. */
  readonly guid: string | undefined;
  readonly bootDisk: boolean;
}

/** Where a basic volume lies, in the terms that a BCD device element uses. */
export type VolumeLocation =
  | { readonly style: 'mbr'; readonly signature: number; readonly offsetBytes: number }
  | { readonly style: 'gpt'; readonly diskGuid: string; readonly partitionGuid: string }
  | { readonly style: 'dynamic'; readonly volumeGuid: string };

export interface VolumeView {
  readonly number: number;
  /** Upper-case letter without colon, or undefined for a letterless volume. */
  readonly letter: string | undefined;
  readonly label: string;
  readonly fileSystem: string;
  readonly type: 'Partition' | 'Simple' | 'Mirror' | 'Spanned' | 'Stripe' | 'RAID-5';
  readonly sizeBytes: number;
  readonly status: 'Healthy' | 'Rebuild' | 'Failed' | 'Failed Rd' | 'Unknown' | 'Offline';
  readonly info: '' | 'System' | 'Boot' | 'Hidden';
  readonly diskNumbers: readonly number[];
  /** `\Device\HarddiskVolumeN` */
  readonly devicePath: string;
  readonly location: VolumeLocation;
  /** The number that `vol` shows: the low half of an NTFS volume's serial number. Undefined where it is not known. */
  readonly serialNumber?: number | undefined;
  /**
   * Windows gives it no letter of its own accord: EFI system and recovery partitions, and what a GPT attribute excludes
   * (Microsoft, diskpart, "gpt attributes").
   */
  readonly withoutLetter?: boolean;
  /** Directory where the volume's files are reachable, while it is mounted. */
  readonly mountPoint: string | undefined;
}

/** How a volume shall be formatted. NTFS is the only file system here. */
export interface VolumeFormat {
  readonly label: string;
  /** Without writing zeros all over it first. */
  readonly quick: boolean;
  /** Bytes of a cluster, a power of two; what fits the size where not given. */
  readonly unitBytes?: number | undefined;
}

/** Makes patches of what several disks hold, one list per disk. */
export type DiskEdit = (disks: readonly SectorReader[]) => readonly (readonly Patch[])[];

/** What a check of a volume's file system found. */
export interface VolumeCheck {
  /** Nothing is wrong with it, or nothing is any more. */
  readonly sound: boolean;
  /** Something was wrong and was put right. */
  readonly repaired: boolean;
}

export interface WindowsHost {
  readonly hostName: string;
  /** e.g. `10.0.17763`; drives banners and `ver`. */
  readonly version: string;
  /** The letter of the running system, normally `C`. */
  readonly systemDrive: string;
  disks(): Promise<readonly DiskView[]>;
  volumes(): Promise<readonly VolumeView[]>;
  rescan(): Promise<void>;
  /** Basic volumes of the disk get letters; a colliding signature is replaced by a new random one (2008 R2 and later). */
  onlineDisk(disk: number): Promise<void>;
  offlineDisk(disk: number): Promise<void>;
  setReadOnly(disk: number, readOnly: boolean): Promise<void>;
  /** Imports every disk of the foreign group that this disk belongs to. */
  importForeign(disk: number): Promise<void>;
  /** Picks the next free letter where none is given. Returns the letter. */
  assignLetter(volume: number, letter?: string): Promise<string>;
  removeLetter(volume: number): Promise<void>;
  setSignature(disk: number, signature: number): Promise<void>;
  /** Unmounts a volume until it is brought online again; it keeps its letter. */
  setVolumeOnline(volume: number, online: boolean): Promise<void>;
  /** Makes an empty NTFS file system on the volume. */
  formatVolume(volume: number, format: VolumeFormat): Promise<void>;
  /** Raw bytes of a disk, online or not, as `\\.\PhysicalDriveN` gives them. Whole sectors. */
  readDisk(disk: number, offsetBytes: number, length: number): Promise<Uint8Array>;
  /** Writes raw bytes; the disk's volumes go away meanwhile, and come back as the new bytes describe them. */
  writeDisk(disk: number, patches: readonly Patch[]): Promise<void>;
  /**
   * Changes several disks at once. The volumes with these numbers are out of reach meanwhile, and their mirrors at rest;
   * afterwards all volumes are there as the new bytes describe them. Nothing is written where `edit` throws.
   */
  editDisks(disks: readonly number[], volumes: readonly number[], edit: DiskEdit): Promise<void>;
  /** Raw bytes of a volume, as `\\.\X:` gives them. Whole sectors. */
  readVolume(volume: number, offsetBytes: number, length: number): Promise<Uint8Array>;
  /** Writes raw bytes of a volume; its files are out of reach meanwhile. */
  writeVolume(volume: number, patches: readonly Patch[]): Promise<void>;
  /**
   * Checks an NTFS volume. With `repair` its files are out of reach meanwhile, faults are put right as far as that goes,
   * and the volume is not dirty any more. Refuses the running system's own volume, and one that is in use, then.
   */
  checkVolume(volume: number, options: { readonly repair: boolean }): Promise<VolumeCheck>;
  /** The smallest size in bytes that the volume's NTFS can have. Its files are out of reach meanwhile. */
  smallestFileSystem(volume: number): Promise<number>;
  /** Makes NTFS as large as this, or as large as the volume. Its files are out of reach meanwhile. */
  resizeFileSystem(volume: number, sizeBytes?: number): Promise<void>;
  /** Changes the label of an NTFS volume; an empty one is none. Its files are out of reach meanwhile. */
  setLabel(volume: number, label: string): Promise<void>;
  restart(): Promise<void>;
  shutdown(): Promise<void>;
  /** Checks a local account's password against the running system's SAM. */
  authenticate(user: string, password: string): Promise<boolean>;
}

/** Why a host did not do what it was asked; the tools have their own words for each. */
export type HostRefusal =
  | 'no-such-disk'
  | 'no-such-volume'
  | 'already-online'
  | 'already-offline'
  | 'offline'
  | 'system-disk'
  | 'system-volume'
  | 'write-protected'
  | 'not-foreign'
  | 'letter-in-use'
  | 'no-free-letter'
  | 'in-use'
  | 'not-sound'
  | 'not-supported';

/** A request that the host understood and refused. Nothing was changed. Other errors mean that something broke. */
export class WindowsHostError extends Error {
  override readonly name = 'WindowsHostError';

  constructor(
    readonly refusal: HostRefusal,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
