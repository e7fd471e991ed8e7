import type { TablePartition } from '../../disk-tables';
import { isVolumeOf } from '../../disk-tables';
import type { DiskView, VolumeView, WindowsHost } from '../../windows-host';
import { serviceFailure } from './failure';

/** True for the volume that the running system starts from, or that it lies on. */
export const isCritical = ({ info }: VolumeView): boolean => info === 'System' || info === 'Boot';

/** Refuses what would take the running system's partitions away. @param what first word of Windows' sentence */
export async function refuseCritical(
  host: WindowsHost,
  disk: DiskView,
  partition: TablePartition,
  what: 'Delete' | 'Format',
): Promise<void> {
  const volume = (await host.volumes()).find((one) => isVolumeOf(one, disk, partition));
  if (volume && isCritical(volume)) throw criticalFailure(what);
}

/** vdserr.h of the Windows SDK, VDS_E_DELETE_WITH_CRITICAL and VDS_E_FORMAT_CRITICAL. */
export function criticalFailure(what: 'Delete' | 'Format') {
  return serviceFailure(
    `${what} is not allowed on the current boot, system, pagefile,\ncrashdump or hibernation volume.`,
  );
}
