import { mkdir, rmdir } from 'node:fs/promises';
import type { Run } from './host-options';

/** True where the first sector is that of an NTFS volume. */
export function isNtfs(bootSector: Uint8Array | undefined): boolean {
  return bootSector !== undefined && String.fromCharCode(...bootSector.subarray(3, 11)) === 'NTFS    ';
}

/** The low half of the volume's serial number, at 0x48 of its boot sector: what `vol` shows. */
export function serialNumber(bootSector: Uint8Array | undefined): number | undefined {
  if (!isNtfs(bootSector) || bootSector === undefined || bootSector.length < 0x50) return undefined;
  return new DataView(bootSector.buffer, bootSector.byteOffset).getUint32(0x48, true);
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

/** Unmounts and removes the folder. For fuseblk, umount returns when ntfs-3g has written everything. */
export async function unmountNtfs(run: Run, mountPoint: string): Promise<void> {
  await run('umount', [mountPoint]);
  await rmdir(mountPoint);
}
