import { shrinkVolume } from '../../../disk/ldm';
import { SECTOR_BYTES } from '../../../disk/mbr';
import { isVolumeOf, setSize } from '../../disk-tables';
import type { VolumeView } from '../../windows-host';
import type { Command, CommandContext } from './command';
import { editDisk, tableOf } from './disk-image';
import { serviceFailure } from './failure';
import { focusedVolume } from './focus';
import { changeOwnGroup, groupOfVolume, refuseRetained } from './own-group';
import { parseParameters, wholeNumber } from './parameters';
import { diskPartSize } from './tables';

const MIB = 2 ** 20;

/** Right-aligned as in the tables: seen on real Windows. */
const sizeText = (bytes: number): string => diskPartSize(bytes).padStart(7);

/** `shrink querymax`, `shrink desired=500 minimum=250` (in MB). NTFS is made smaller first, then its volume. */
export const shrink: Command = async (context, words) => {
  const { host, focus, say } = context;
  const volume = await focusedVolume(host, focus);
  const parameters = parseParameters(words, {
    values: ['desired', 'minimum'],
    flags: ['querymax', 'nowait'],
  });
  // vdserr.h of the Windows SDK, VDS_E_CANNOT_SHRINK.
  if (volume.fileSystem !== 'NTFS')
    throw serviceFailure('The volume cannot be shrunk because the file system does not support it.');
  await requireSimple(context, volume);
  const smallest = await host.smallestFileSystem(volume.number);
  const most = Math.max(0, Math.floor((volume.sizeBytes - smallest) / MIB));
  if (parameters.flags.has('querymax')) {
    // The number of MB behind it was seen with recent versions only.
    const exact = host.version.startsWith('6.') ? '' : ` (${most} MB)`;
    return say(`The maximum number of reclaimable bytes is: ${sizeText(most * MIB)}${exact}`);
  }
  const desired = wholeNumber(parameters, 'desired');
  const minimum = wholeNumber(parameters, 'minimum') ?? desired ?? 1;
  const amount = Math.min(desired ?? most, most);
  if (amount < Math.max(1, minimum))
    // vdserr.h of the Windows SDK, VDS_E_SHRINK_SIZE_TOO_BIG.
    throw serviceFailure(
      'The specified shrink size is too big and will cause the volume to be\nsmaller than the minimum volume size.',
    );
  const sizeBytes = volume.sizeBytes - amount * MIB;
  await host.resizeFileSystem(volume.number, sizeBytes);
  await cut(context, volume, sizeBytes / SECTOR_BYTES);
  // Seen on real Windows.
  say(`DiskPart successfully shrunk the volume by: ${sizeText(amount * MIB)}`);
};

/** Before anything is written: mirrored, striped and RAID-5 volumes keep their size (Microsoft's page on `shrink`). */
async function requireSimple({ host }: CommandContext, volume: VolumeView): Promise<void> {
  if (volume.location.style !== 'dynamic') return;
  const { own, guid } = await groupOfVolume(host, volume);
  await refuseRetained(host, own, guid);
  if (volume.type === 'Simple' || volume.type === 'Spanned') return;
  // vdserr.h of the Windows SDK, VDS_E_VOLUME_SIMPLE_SPANNED.
  throw serviceFailure('This operation is only supported on simple or spanned volumes.');
}

async function cut(context: CommandContext, volume: VolumeView, sizeSectors: number): Promise<void> {
  const { host } = context;
  if (volume.location.style === 'dynamic') {
    const { own, guid } = await groupOfVolume(host, volume);
    await changeOwnGroup(context, own, [volume], (draft) => shrinkVolume(draft, guid, sizeSectors));
    return;
  }
  const disk = (await host.disks()).find(({ number }) => number === volume.diskNumbers[0]);
  const partition =
    disk && (await tableOf(host, disk)).partitions.find((one) => isVolumeOf(volume, disk, one));
  if (!disk || !partition) throw new Error(`Volume ${volume.number} is no partition of its disk.`);
  await editDisk(host, disk, (reader) => setSize(reader, partition, sizeSectors));
}
