import * as os from 'quickjs-os';
import * as std from 'quickjs-std';
import { filePlace } from '../../disk/ntfs';
import { readBytes, run, writeFile } from './files';

/** Tells the init that what was started ahead is not the system that was decided on. */
const OTHER_PROGRAMS = '/run/other-programs';
/** Loop devices for layers that were not mounted ahead, behind those that were. */
const FIRST_FREE = 2;

/**
 * Mounts a squashfs file of a volume, if it was not mounted ahead. Where the file lies in one piece it is read straight
 * from the volume's device: through ntfs-3g each page would be copied twice more, by two more programs.
 * @param layer number of the loop device that has it where it was mounted ahead
 */
export function mountLayer(mountPoint: string, file: string, directory: string, layer: number): boolean {
  const place = placeOnDevice(mountPoint, file);
  if (place && isMountedAhead(place, layer)) return true;
  if (isLoopInUse(layer)) run('umount', '-l', directory);
  writeFile(OTHER_PROGRAMS, new Uint8Array());
  const device = `/dev/loop${FIRST_FREE + layer}`;
  if (place && run('losetup', '-r', '-o', String(place.bytes), device, place.device))
    return run('mount', '-t', 'squashfs', '-o', 'ro', device, directory);
  return run('mount', '-t', 'squashfs', '-o', 'loop,ro', file, directory);
}

interface DevicePlace {
  /** `/dev/vda2` */
  readonly device: string;
  /** Where the file starts there. */
  readonly bytes: number;
}

const readText = (path: string): string => (std.open(path, 'r')?.readAsString() ?? '').trim();
const loopFolder = (loop: number): string => `/sys/block/loop${loop}/loop`;
const isLoopInUse = (loop: number): boolean => os.stat(loopFolder(loop))[0] !== null;

/** Whether the loop device starts at this place of a partition; it has a whole disk behind it. */
function isMountedAhead({ device, bytes }: DevicePlace, loop: number): boolean {
  if (!isLoopInUse(loop)) return false;
  const disk = readText(`${loopFolder(loop)}/backing_file`).replace('/dev/', '');
  const start = readText(`/sys/block/${disk}/${device.replace('/dev/', '')}/start`);
  return start !== '' && readText(`${loopFolder(loop)}/offset`) === String(Number(start) * 512 + bytes);
}

function placeOnDevice(mountPoint: string, file: string): DevicePlace | undefined {
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
