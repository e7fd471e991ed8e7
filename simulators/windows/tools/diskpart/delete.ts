import { deleteVolume as deleteDynamicVolume, deleteMissingDisk } from '../../../disk/ldm';
import { isProtectedType, isVolumeOf, removePartition, type TablePartition } from '../../disk-tables';
import type { DiskView } from '../../windows-host';
import type { Command, CommandContext } from './command';
import { editDisk, tableOf } from './disk-image';
import { serviceFailure } from './failure';
import { focusedDisk, focusedPartition, focusedVolume } from './focus';
import { changeOwnGroup, groupOfVolume, missingDisks } from './own-group';
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

/** `delete volume`: a partition of a basic disk, or a volume of dynamic disks. */
export const deleteVolume: Command = async (context, words) => {
  const { host, focus, say } = context;
  const volume = await focusedVolume(host, focus);
  parseParameters(words, {});
  if (isCritical(volume)) throw criticalFailure('Delete');
  if (volume.location.style === 'dynamic') {
    const { own, guid } = await groupOfVolume(host, volume);
    await changeOwnGroup(context, own, [volume], (draft) => deleteDynamicVolume(draft, guid));
    focus.partition = undefined;
    focus.volume = undefined;
    return say('DiskPart successfully deleted the volume.');
  }
  const disk = (await host.disks()).find(({ number }) => number === volume.diskNumbers[0]);
  const partition =
    disk && (await tableOf(host, disk)).partitions.find((one) => isVolumeOf(volume, disk, one));
  if (!disk || !partition) throw new Error(`Volume ${volume.number} is no partition of its disk.`);
  await remove(context, disk, partition, false);
  // General knowledge.
  say('DiskPart successfully deleted the volume.');
};

/** `delete disk`, `delete disk override`: a missing disk leaves its group. */
export const deleteDisk: Command = async (context, words) => {
  const { host, focus, say } = context;
  const { flags } = parseParameters(words, { flags: ['override'] });
  const missing = (await missingDisks(host)).find(({ guid }) => guid === focus.missing);
  if (!missing) {
    focus.missing = undefined;
    await focusedDisk(host, focus);
    // vdserr.h of the Windows SDK, VDS_E_DISK_NOT_MISSING.
    throw serviceFailure('The disk is not missing.');
  }
  const { group: own, guid } = missing;
  const here = own.group.volumes
    .filter(({ components }) =>
      components.some(({ extents }) => extents.some(({ disk }) => disk.guid === guid)),
    )
    .map((volume) => volume.guid);
  const touched = (await host.volumes()).filter(
    ({ location }) => location.style === 'dynamic' && here.includes(location.volumeGuid),
  );
  await changeOwnGroup(context, own, touched, (draft) =>
    deleteMissingDisk(draft, guid, { override: flags.has('override') }),
  );
  focus.missing = undefined;
  // Seen on real Windows.
  say('DiskPart successfully deleted the missing disk.');
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
