import { extendVolume } from '../../../disk/ldm';
import { SECTOR_BYTES } from '../../../disk/mbr';
import { defaultAlignment, type Extent, freeExtents, isVolumeOf, setSize } from '../../disk-tables';
import type { VolumeView } from '../../windows-host';
import type { Command, CommandContext } from './command';
import { editDisk, tableOf } from './disk-image';
import { DiskPartFailure, serviceFailure } from './failure';
import { focusedVolume } from './focus';
import { changeOwnGroup, diskOfGroup, groupOfVolume, refuseRetained } from './own-group';
import { diskNumbers, parseParameters, wholeNumber } from './parameters';

const SECTORS_OF_MIB = 2 ** 20 / SECTOR_BYTES;

// Seen on real Windows.
const noSpace = (): DiskPartFailure =>
  new DiskPartFailure(
    ['There is not enough usable free space on specified disk(s) to extend the', 'volume.'],
    4,
  );

interface Wanted {
  /** All there is where not given. */
  readonly sizeSectors: number | undefined;
  readonly disk: number | undefined;
}

/**
 * `extend size=100 disk=1`, `extend filesystem`. A partition grows into what lies directly behind it, a simple or
 * spanned volume into any free place; then its NTFS grows. A volume without a file system may be extended too.
 */
export const extend: Command = async (context, words) => {
  const { host, focus, say } = context;
  const volume = await focusedVolume(host, focus);
  const parameters = parseParameters(words, { values: ['size', 'disk'], flags: ['filesystem'] });
  // vdserr.h of the Windows SDK, VDS_E_CANNOT_EXTEND.
  if (volume.fileSystem !== 'NTFS' && volume.fileSystem !== 'RAW')
    throw serviceFailure('The volume cannot be extended because the file system does not support it.');
  if (!parameters.flags.has('filesystem')) {
    const size = wholeNumber(parameters, 'size');
    const [disk] = diskNumbers(parameters) ?? [];
    const wanted = { sizeSectors: size === undefined ? undefined : size * SECTORS_OF_MIB, disk };
    if (volume.location.style === 'dynamic') await extendDynamic(context, volume, wanted);
    else await extendPartition(context, volume, wanted);
  }
  const now = (await host.volumes()).find(({ devicePath }) => devicePath === volume.devicePath);
  if (now?.fileSystem === 'NTFS') await host.resizeFileSystem(now.number);
  // Seen on real Windows.
  say('DiskPart successfully extended the volume.');
};

async function extendPartition({ host }: CommandContext, volume: VolumeView, wanted: Wanted): Promise<void> {
  const disk = (await host.disks()).find(({ number }) => number === volume.diskNumbers[0]);
  const table = disk && (await tableOf(host, disk));
  const partition = table?.partitions.find((one) => isVolumeOf(volume, disk!, one));
  if (!disk || !table || !partition) throw new Error(`Volume ${volume.number} is no partition of its disk.`);
  // Onto another disk only dynamic volumes can go.
  if (wanted.disk !== undefined && wanted.disk !== disk.number) throw noSpace();
  const end = partition.startSector + partition.sizeSectors;
  const free = freeExtents(table, partition.kind === 'logical' ? 'logical' : 'primary');
  const behind = free.find(({ startSector }) => startSector === end);
  const more = wanted.sizeSectors ?? roomIn(behind, defaultAlignment(table.sectors));
  if (more < 1 || more > (behind?.sizeSectors ?? 0)) throw noSpace();
  await editDisk(host, disk, (reader) => setSize(reader, partition, partition.sizeSectors + more));
}

/** Up to the last aligned sector, so that what follows could be a partition. */
function roomIn(extent: Extent | undefined, alignment: number): number {
  if (!extent) return 0;
  const end = extent.startSector + extent.sizeSectors;
  return Math.max(0, Math.floor(end / alignment) * alignment - extent.startSector);
}

async function extendDynamic(context: CommandContext, volume: VolumeView, wanted: Wanted): Promise<void> {
  const { host } = context;
  const { own, guid } = await groupOfVolume(host, volume);
  await refuseRetained(host, own, guid);
  const number = wanted.disk ?? volume.diskNumbers[0] ?? 0;
  const disk = await diskOfGroup(host, own, number);
  await changeOwnGroup(
    context,
    own,
    [volume],
    (draft) => {
      extendVolume(draft, guid, [{ disk, sizeSectors: wanted.sizeSectors }]);
    },
    {
      'no-space': noSpace(),
      // vdserr.h of the Windows SDK, VDS_E_VOLUME_SIMPLE_SPANNED.
      'wrong-layout': serviceFailure('This operation is only supported on simple or spanned volumes.'),
    },
  );
}
