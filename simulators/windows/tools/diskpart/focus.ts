import { isVolumeOf, type TablePartition } from '../../disk-tables';
import type { DiskView, VolumeView, WindowsHost } from '../../windows-host';
import { tableOf } from './disk-image';
import { DiskPartFailure, serviceFailure } from './failure';

/** The disk, the partition and the volume that commands act on, by what does not change when others come and go. */
export interface Focus {
  disk: number | undefined;
  /** GUID of a missing disk that was selected. */
  missing?: string | undefined;
  /** First sector of the partition on that disk. */
  partition: number | undefined;
  /** `\Device\HarddiskVolumeN` */
  volume: string | undefined;
}

export interface FocusedPartition {
  readonly disk: DiskView;
  readonly partition: TablePartition;
}

export async function focusedDisk(host: WindowsHost, focus: Focus): Promise<DiskView> {
  const disk = (await host.disks()).find(({ number }) => number === focus.disk);
  if (disk) return disk;
  // vdserr.h of the Windows SDK, VDS_E_MISSING_DISK.
  if (focus.missing !== undefined) throw serviceFailure('The disk is missing.');
  // Seen on real Windows.
  throw new DiskPartFailure(
    ['There is no disk currently selected.', 'Please select a disk and try again.'],
    4,
  );
}

export async function focusedPartition(host: WindowsHost, focus: Focus): Promise<FocusedPartition> {
  const disk = (await host.disks()).find(({ number }) => number === focus.disk);
  const partitions = disk && focus.partition !== undefined ? (await tableOf(host, disk)).partitions : [];
  const partition = partitions.find(({ startSector }) => startSector === focus.partition);
  if (disk && partition) return { disk, partition };
  // The first line is in programs that read diskpart's output; the second is general knowledge.
  throw new DiskPartFailure(
    ['There is no partition selected.', 'Please select a partition and try again.'],
    4,
  );
}

export async function focusedVolume(host: WindowsHost, focus: Focus): Promise<VolumeView> {
  const volume = (await host.volumes()).find(({ devicePath }) => devicePath === focus.volume);
  if (volume) return volume;
  // Seen on real Windows.
  throw new DiskPartFailure(['There is no volume selected.', 'Please select a volume and try again.'], 4);
}

/** Puts a partition into focus, and the volume that it is. */
export async function focusPartition(
  host: WindowsHost,
  focus: Focus,
  { disk, partition }: FocusedPartition,
): Promise<void> {
  focus.disk = disk.number;
  focus.missing = undefined;
  focus.partition = partition.startSector;
  focus.volume = (await host.volumes()).find((volume) => isVolumeOf(volume, disk, partition))?.devicePath;
}

/** Puts a volume into focus, and the disk and partition that it lies on, where that is one. */
export async function focusVolume(host: WindowsHost, focus: Focus, volume: VolumeView): Promise<void> {
  focus.volume = volume.devicePath;
  focus.missing = undefined;
  focus.partition = undefined;
  focus.disk = volume.diskNumbers.length === 1 ? volume.diskNumbers[0] : undefined;
  const disk = (await host.disks()).find(({ number }) => number === focus.disk);
  if (!disk) return;
  const { partitions } = await tableOf(host, disk);
  focus.partition = partitions.find((partition) => isVolumeOf(volume, disk, partition))?.startSector;
}
