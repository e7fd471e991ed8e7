import { SECTOR_BYTES } from '../../disk/mbr';
import type { PreparedVolume, VolumePlan, VolumeProvider } from '../host';
import type { ImageDisk } from './image-disks';
import type { StorageDaemon } from './storage-daemon';

/** The volumes of disk images as files: a partition is a region of its disk's file. */
export class ImageVolumes implements VolumeProvider {
  constructor(
    private readonly disks: readonly ImageDisk[],
    private readonly daemon: StorageDaemon,
  ) {}

  async prepare({ source }: VolumePlan): Promise<PreparedVolume | undefined> {
    if (source.kind !== 'partition') return undefined;
    const disk = this.disks.find(({ file }) => file === source.path);
    if (!disk) throw new Error(`No disk image is open at ${source.path}.`);
    const { id, path } = await this.daemon.export({
      driver: 'raw',
      offset: source.startSector * SECTOR_BYTES,
      size: source.sizeSectors * SECTOR_BYTES,
      file: disk.again,
    });
    return { path, mapped: [id] };
  }

  async release(mapped: readonly string[]): Promise<void> {
    for (const id of mapped) await this.daemon.remove(id);
  }

  /** Both halves of a mirror are written at the same time here. */
  async isInSync(): Promise<boolean> {
    return true;
  }
}
