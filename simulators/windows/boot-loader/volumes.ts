import * as os from 'quickjs-os';
import type { PartitionPlace } from '../boot-manager';
import type { BootDisk } from './disks';
import { run } from './files';

/** Mounts NTFS partitions once each, read-only: a boot that fails has written nothing. */
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
    return `${disk.device}${partition.number}`;
  }

  /** Where the partition's files are; undefined where it holds no NTFS. */
  mountPoint(place: PartitionPlace): string | undefined {
    const device = this.device(place);
    if (!this.#mounted.has(device)) {
      const directory = `/run${device.replace('/dev', '')}`;
      os.mkdir(directory, 0o755);
      this.#mounted.set(device, run('ntfs-3g', '-o', 'ro', device, directory) ? directory : undefined);
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
