import { isProtectedType, isVolumeOf, removePartition, type TablePartition } from '../../disk-tables';
import type { DiskView } from '../../windows-host';
import type { Command, CommandContext } from './command';
import { editDisk, tableOf } from './disk-image';
import { serviceFailure } from './failure';
import { focusedDisk, focusedPartition, focusedVolume } from './focus';
import { parseParameters } from './parameters';
import { criticalFailure, isCritical, refuseCritical } from './system-partition';

/** `delete partition`, `delete partition override`. */
export const deletePartition: Command = async (context, words) => {
  const { host, focus, say } = context;
  const { disk, partition } = await focusedPartition(host, focus);
  const { flags } = parseParameters(words, { flags: ['override'] });
  await remove(context, disk, partition, flags.has('override'));
  // Seen on real Windows.
  say('DiskPart successfully deleted the selected partition.');
};

/** `delete volume`: of a basic disk, where it is a partition. */
export const deleteVolume: Command = async (context, words) => {
  const { host, focus, say } = context;
  const volume = await focusedVolume(host, focus);
  parseParameters(words, {});
  if (isCritical(volume)) throw criticalFailure('Delete');
  const disk = (await host.disks()).find(({ number }) => number === volume.diskNumbers[0]);
  const partition =
    disk && (await tableOf(host, disk)).partitions.find((one) => isVolumeOf(volume, disk, one));
  // Our limit.
  if (!disk || !partition) throw serviceFailure('This stand-in does not delete volumes of dynamic disks.');
  await remove(context, disk, partition, false);
  // General knowledge.
  say('DiskPart successfully deleted the volume.');
};

/** `delete disk` takes a missing dynamic disk out of its group; such a disk cannot be selected here. */
export const deleteDisk: Command = async ({ host, focus }, words) => {
  await focusedDisk(host, focus);
  parseParameters(words, { flags: ['override'] });
  // vdserr.h of the Windows SDK, VDS_E_DISK_NOT_MISSING.
  throw serviceFailure('The disk is not missing.');
};

async function remove(
  { host, focus }: CommandContext,
  disk: DiskView,
  partition: TablePartition,
  override: boolean,
): Promise<void> {
  // vdserr.h of the Windows SDK, VDS_E_PARTITION_LDM and VDS_E_PARTITION_PROTECTED.
  if (disk.dynamic) throw serviceFailure('This operation is not supported on LDM partitions.');
  await refuseCritical(host, disk, partition, 'Delete');
  if (!override && (isProtectedType(partition.type) || (partition.attributes & 1n) !== 0n)) {
    throw serviceFailure('Cannot delete a protected partition without the force protected parameter set.');
  }
  const { partitions } = await tableOf(host, disk);
  if (partition.kind === 'extended' && partitions.some(({ kind }) => kind === 'logical')) {
    // Our text.
    throw serviceFailure('The extended partition still holds logical drives. Delete these first.');
  }
  await editDisk(host, disk, (reader) => removePartition(reader, partition));
  focus.partition = undefined;
  focus.volume = undefined;
}
