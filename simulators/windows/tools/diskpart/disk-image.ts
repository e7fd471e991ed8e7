import type { Patch, SectorReader } from '../../../disk/mbr';
import { onDisk } from '../../codec-on-host';
import { type DiskTable, readDiskTable } from '../../disk-tables';
import type { DiskView, WindowsHost } from '../../windows-host';

export function tableOf(host: WindowsHost, disk: DiskView): Promise<DiskTable> {
  return onDisk(host, disk, readDiskTable);
}

/** Writes what `edit` makes of the disk's bytes. */
export async function editDisk(
  host: WindowsHost,
  disk: DiskView,
  edit: (reader: SectorReader) => Patch[],
): Promise<void> {
  await host.writeDisk(disk.number, await onDisk(host, disk, edit));
}
