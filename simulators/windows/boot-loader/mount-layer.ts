import * as os from 'quickjs-os';
import * as std from 'quickjs-std';
import { filePlace } from '../../disk/ntfs';
import { readBytes, run } from './files';

/**
 * Mounts a squashfs file of a volume. Where the file lies in one piece it is read straight from the volume's device:
 * through ntfs-3g each page would be copied twice more, by two more programs.
 * @param loop number of a loop device that nobody uses
 */
export function mountLayer(mountPoint: string, file: string, directory: string, loop: number): boolean {
  const place = placeOnDevice(mountPoint, file);
  const device = `/dev/loop${loop}`;
  if (place && run('losetup', '-r', '-o', String(place.bytes), device, place.device))
    return run('mount', '-t', 'squashfs', '-o', 'ro', device, directory);
  return run('mount', '-t', 'squashfs', '-o', 'loop,ro', file, directory);
}

function placeOnDevice(
  mountPoint: string,
  file: string,
): { readonly device: string; readonly bytes: number } | undefined {
  const mounts = std.open('/proc/mounts', 'r')?.readAsString() ?? '';
  const [device, , type] =
    mounts
      .split('\n')
      .map((line) => line.split(' '))
      .find(([, at]) => at === mountPoint) ?? [];
  const [facts] = os.stat(file);
  if (device === undefined || type !== 'fuseblk' || !facts) return undefined;
  try {
    // ntfs-3g shows the number of the file's record as its inode.
    const read = (offset: number, length: number) => readBytes(device, offset, length);
    const place = filePlace({ sizeBytes: Number.MAX_SAFE_INTEGER, read }, facts.ino);
    return place && { device, bytes: place.offsetBytes };
  } catch {
    // What cannot be made out here, ntfs-3g may still read.
    return undefined;
  }
}
