import * as os from 'quickjs-os';
import { mirrorPatches } from '../../disk/ntfs';
import type { PartitionPlace } from '../boot-manager';
import type { BootDisk } from './disks';
import { readBytes, run, writeBytes } from './files';

/** Mounts partitions once each, read-only: a boot that fails has written nothing, but for what a power cut left undone. */
export class Volumes {
  readonly #mounted = new Map<string, string | undefined>();

  constructor(private readonly disks: readonly BootDisk[]) {}

  /** The device node of a partition: `/dev/vda2`. */
  device(place: PartitionPlace): string {
    const disk = this.disks[place.disk];
    const partition = disk?.partitions[place.partition];
    if (!disk || !partition) {
      throw new Error(`There is no partition ${place.partition} on disk ${place.disk}.`);
    }
    return `${disk.device}${partition.entry}`;
  }

  /** Where the partition's files are; undefined where it holds neither NTFS nor FAT. */
  mountPoint(place: PartitionPlace): string | undefined {
    const device = this.device(place);
    if (!this.#mounted.has(device)) {
      const directory = `/run${device.replace('/dev', '')}`;
      os.mkdir(directory, 0o755);
      this.#mounted.set(device, mount(device, directory, 'ro') ? directory : undefined);
    }
    return this.#mounted.get(device);
  }

  unmountAll(): void {
    for (const directory of this.#mounted.values()) {
      if (directory !== undefined) {
        run('umount', directory);
      }
    }
    this.#mounted.clear();
  }
}

/** What a power cut left between $MFT and its mirror; ntfs-3g refuses such a volume. False where that is not its trouble. */
function makeMirrorEqual(device: string): boolean {
  const read = (offset: number, length: number) => readBytes(device, offset, length);
  try {
    const patches = mirrorPatches({ sizeBytes: Number.MAX_SAFE_INTEGER, read });
    for (const { offsetBytes, bytes } of patches) writeBytes(device, offsetBytes, bytes);
    return patches.length > 0;
  } catch {
    return false;
  }
}

/** Mounts a volume by what its boot sector says it is. False where that is neither, or it cannot be mounted. */
export function mount(device: string, directory: string, mode: 'ro' | 'rw'): boolean {
  const sector = readBytes(device, 0, 512);
  const name = (offset: number) => String.fromCharCode(...sector.slice(offset, offset + 4));
  if (name(3) === 'NTFS') {
    const mountNtfs = () => run('ntfs-3g', '-o', mode === 'ro' ? 'ro' : 'big_writes', device, directory);
    return mountNtfs() || (makeMirrorEqual(device) && mountNtfs());
  }
  if (name(0x52) !== 'FAT3') return false;
  run('sh', '-c', '. /load-modules; load_modules fat');
  return run('mount', '-t', 'vfat', '-o', mode, device, directory);
}
