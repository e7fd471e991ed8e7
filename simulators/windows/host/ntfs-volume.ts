import { mkdir, rmdir } from 'node:fs/promises';
import { WindowsHostError } from '../windows-host';
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

/** Mounts an NTFS volume on a folder, which is made where it is absent. */
export async function mountNtfs(
  run: Run,
  device: string,
  mountPoint: string,
  readOnly: boolean,
): Promise<void> {
  await mkdir(mountPoint, { recursive: true });
  await run('ntfs-3g', ['-o', [...OPTIONS, ...(readOnly ? ['ro'] : [])].join(','), device, mountPoint]);
}

/**
 * Unmounts and removes the folder. For fuseblk, umount returns when ntfs-3g has written everything. A volume with open
 * files is refused.
 */
export async function unmountNtfs(run: Run, mountPoint: string): Promise<void> {
  try {
    await run('umount', [mountPoint]);
  } catch (error) {
    if (!(error instanceof Error) || !/busy/i.test(error.message)) throw error;
    throw new WindowsHostError('in-use', `A program has files of ${mountPoint} open.`, { cause: error });
  }
  await rmdir(mountPoint);
}
