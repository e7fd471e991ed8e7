import { mkdir, rmdir } from 'node:fs/promises';
import { WindowsHostError } from '../windows-host';
import type { Run } from './host-options';

/**
 * Windows' rules for names and streams; no access times, so that looking changes nothing. ntfs-3g hands fsync down to
 * the device.
 */
const OPTIONS = ['big_writes', 'windows_names', 'streams_interface=windows', 'noatime', 'nosuid', 'nodev'];

/** Arguments for ntfs-3g. */
export function ntfs3gArguments(device: string, mountPoint: string, readOnly: boolean): string[] {
  return ['-o', [...OPTIONS, ...(readOnly ? ['ro'] : [])].join(','), device, mountPoint];
}

/** Brings volumes into the file system and takes them away again. */
export interface VolumeMounter {
  /** Names of the file systems that it knows, as `recogniseVolume` gives them. */
  readonly fileSystems: ReadonlySet<string>;
  /** The folder is made where it is absent. */
  mount(volume: MountableVolume, mountPoint: string, readOnly: boolean): Promise<void>;
  /** Resolves when everything is written; removes the folder. */
  unmount(mountPoint: string): Promise<void>;
}

export interface MountableVolume {
  readonly device: string;
  readonly fileSystem: string;
}

/** Names and entries of folders are written at once; the shell brings contents to the disk file by file. */
const FAT_OPTIONS = ['utf8', 'shortname=winnt', 'dirsync', 'noatime', 'nosuid', 'nodev'];

/**
 * For block devices: NTFS by ntfs-3g (fuseblk, where umount returns when everything is written), FAT, as on EFI system
 * partitions, by the kernel.
 */
export function blockDeviceMounter(run: Run): VolumeMounter {
  return {
    fileSystems: new Set(['NTFS', 'FAT', 'FAT32']),
    async mount({ device, fileSystem }, mountPoint, readOnly) {
      await mkdir(mountPoint, { recursive: true });
      if (fileSystem === 'NTFS') {
        await run('ntfs-3g', ntfs3gArguments(device, mountPoint, readOnly));
        return;
      }
      const options = [...FAT_OPTIONS, readOnly ? 'ro' : 'rw'].join(',');
      await run('mount', ['-t', 'vfat', '-o', options, device, mountPoint]);
    },
    async unmount(mountPoint) {
      await refuseOpenFiles(mountPoint, run('umount', [mountPoint]));
      await rmdir(mountPoint);
    },
  };
}

/** How a new NTFS volume shall be. */
export interface NtfsFormat {
  readonly label: string;
  /** Without writing zeros all over it first. */
  readonly quick: boolean;
  /** Bytes of a cluster; what fits the size where not given. */
  readonly unitBytes?: number | undefined;
  /** Where the volume lies on its disk: the boot sector says so ("hidden sectors"). */
  readonly startSector: number;
}

/** Makes an empty NTFS volume on a device. */
export async function formatNtfs(run: Run, device: string, format: NtfsFormat): Promise<void> {
  const { label, quick, unitBytes, startSector } = format;
  await run('mkntfs', [
    ...(quick ? ['--quick'] : []),
    ...(unitBytes === undefined ? [] : ['--cluster-size', String(unitBytes)]),
    ...['--force', '--no-indexing', '--partition-start', String(startSector)],
    ...['--heads', '255', '--sectors-per-track', '63', '--sector-size', '512'],
    ...['--label', label, device],
  ]);
}

/** Changes the label; an empty one is none. */
export async function writeLabel(run: Run, device: string, label: string): Promise<void> {
  await run('ntfslabel', ['-f', device, label]);
}

/** What umount says of open files becomes a refusal. */
export async function refuseOpenFiles(mountPoint: string, unmount: Promise<unknown>): Promise<void> {
  try {
    await unmount;
  } catch (error) {
    if (!(error instanceof Error) || !/busy/i.test(error.message)) throw error;
    throw new WindowsHostError('in-use', `A program has files of ${mountPoint} open.`, { cause: error });
  }
}
