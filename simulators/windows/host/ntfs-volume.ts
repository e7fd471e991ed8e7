import { mkdir, rmdir } from 'node:fs/promises';
import type { Run } from './host-options';

/** True where the first sector is that of an NTFS volume. */
export function isNtfs(bootSector: Uint8Array | undefined): boolean {
  return bootSector !== undefined && String.fromCharCode(...bootSector.subarray(3, 11)) === 'NTFS    ';
}

/**
 * Windows' rules for names and streams; no access times, so that looking changes nothing. ntfs-3g hands fsync down to
 * the device.
 */
const OPTIONS = ['big_writes', 'windows_names', 'streams_interface=windows', 'noatime', 'nosuid', 'nodev'];

/** The volume's label. ntfslabel only reads with -n; -f lets it look at a volume that is mounted. */
export async function readLabel(run: Run, device: string): Promise<string> {
  return (await run('ntfslabel', ['-nf', device])).trim();
}

/** Arguments for ntfs-3g. */
export function ntfs3gArguments(device: string, mountPoint: string, readOnly: boolean): string[] {
  return ['-o', [...OPTIONS, ...(readOnly ? ['ro'] : [])].join(','), device, mountPoint];
}

/** Brings NTFS volumes into the file system and takes them away again. */
export interface VolumeMounter {
  /** The folder is made where it is absent. */
  mount(device: string, mountPoint: string, readOnly: boolean): Promise<void>;
  /** Resolves when everything is written; removes the folder. */
  unmount(mountPoint: string): Promise<void>;
}

/** For block devices (fuseblk): there umount returns when ntfs-3g has written everything. */
export function blockDeviceMounter(run: Run): VolumeMounter {
  return {
    async mount(device, mountPoint, readOnly) {
      await mkdir(mountPoint, { recursive: true });
      await run('ntfs-3g', ntfs3gArguments(device, mountPoint, readOnly));
    },
    async unmount(mountPoint) {
      await run('umount', [mountPoint]);
      await rmdir(mountPoint);
    },
  };
}
