import { PARTITION_TYPES } from '../../../disk/gpt';
import { onDisk } from '../../codec-on-host';
import { isVolumeOf, readDiskTable } from '../../disk-tables';
import type { VolumeView, WindowsHost } from '../../windows-host';

/** The volume of the first EFI system partition, in the order of the disks: the one that the machine starts from (our choice). */
export async function efiSystemVolume(host: WindowsHost): Promise<VolumeView | undefined> {
  const volumes = await host.volumes();
  for (const disk of await host.disks()) {
    if (disk.style !== 'gpt' || disk.status === 'Offline') continue;
    const { partitions } = await onDisk(host, disk, readDiskTable);
    const efi = partitions.filter(({ type }) => type === PARTITION_TYPES.efiSystem);
    const found = volumes.find((volume) => efi.some((partition) => isVolumeOf(volume, disk, partition)));
    if (found) return found;
  }
  return undefined;
}
