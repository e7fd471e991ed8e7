import type { Patch, SectorReader } from '../../disk/mbr';
import type { HostMemory } from './host-memory';
import type { VolumeMounter } from './ntfs-volume';
import type { VolumeProvider } from './volume-device';

/** Runs a program to its end and returns what it printed. Rejects with a sentence when it fails. */
export type Run = (command: string, args: readonly string[]) => Promise<string>;

/** A whole disk, open for reading and writing. */
export interface BlockDevice extends SectorReader {
  /** Writes the patches and returns when they are on the medium. */
  write(patches: readonly Patch[]): void;
}

/** The part of Linux' block layer that the host needs; tests put in-memory disks here. */
export interface BlockDevices {
  open(path: string): BlockDevice;
  /** Path of the kernel's node for a partition of the disk, where it has one with this start and size in sectors. */
  partitionNode(path: string, number: number, startSector: number, sizeSectors: number): string | undefined;
}

/** `san` in diskpart. All disks but the system's own count as shared here: virtio disks do (our choice). */
export type SanPolicy = 'OnlineAll' | 'OfflineShared' | 'OfflineAll' | 'OfflineInternal';

export interface HostOptions {
  /** Block devices in the order of disk numbers; the first is the running system's disk. */
  readonly devices: readonly { readonly path: string; readonly model?: string }[];
  /** Looks which block devices there are now, for `rescan`; where not given they stay as they are. */
  readonly findDevices?: (() => Promise<readonly string[]>) | undefined;
  /** Where on disk 0 the running system's volume starts, and where it is mounted already. None where nothing runs. */
  readonly systemVolume?: { readonly offsetBytes: number; readonly mountPoint: string };
  readonly sanPolicy: SanPolicy;
  /** Name of the disk group that is the machine's own besides that of disk 0; its disks are online from the start. */
  readonly primaryDiskGroup?: string | undefined;
  readonly hostName: string;
  readonly version: string;
  /** `C` where not given. */
  readonly systemDrive?: string;
  /** Folder that gets a mount point per volume; `/win` where not given. */
  readonly mountRoot?: string;
  /** Where device-mapper nodes appear; `/dev/mapper` where not given. */
  readonly mapperFolder?: string;
  readonly authenticate: (user: string, password: string) => Promise<boolean>;
  /** Hears of volumes that could not be served; `console.error` where not given. */
  readonly warn?: (sentence: string) => void;
  /** What the last start left behind, and what the next one shall find; nothing where not given. */
  readonly memory?: HostMemory;
  readonly now?: () => Date;
  readonly randomSignature?: () => number;
  readonly newGuid?: () => string;
  readonly run?: Run;
  readonly blockDevices?: BlockDevices;
  /** Devices of volumes; the kernel's, or device-mapper's, where not given. */
  readonly volumeDevices?: VolumeProvider;
  readonly mounter?: VolumeMounter;
  /**
   * No disk group is foreign to this machine: it looks at the disks as the server does that they belong to. Where false,
   * all are, also that of disk 0; where not given, that one is its own.
   */
  readonly ownsAllGroups?: boolean | undefined;
  /** All disks are read-only. */
  readonly readOnly?: boolean;
  /** Mount volumes for reading until `allowWriting`. */
  readonly writeOnDemand?: boolean;
}
