import type { DiskView, VolumeView, WindowsHost } from '../../windows-host';
import { DiskPartFailure } from './failure';

/** The disk and the volume that commands act on, by their numbers. */
export interface Focus {
  disk: number | undefined;
  volume: number | undefined;
}

export async function focusedDisk(host: WindowsHost, focus: Focus): Promise<DiskView> {
  const disk = (await host.disks()).find(({ number }) => number === focus.disk);
  if (disk) return disk;
  // Seen on real Windows.
  throw new DiskPartFailure(
    ['There is no disk currently selected.', 'Please select a disk and try again.'],
    4,
  );
}

export async function focusedVolume(host: WindowsHost, focus: Focus): Promise<VolumeView> {
  const volume = (await host.volumes()).find(({ number }) => number === focus.volume);
  if (volume) return volume;
  // General knowledge.
  throw new DiskPartFailure(['There is no volume specified.', 'Please select a volume and try again.'], 4);
}
