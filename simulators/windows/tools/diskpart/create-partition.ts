import { DiskFormatError } from '../../../disk/bytes';
import { PARTITION_TYPES } from '../../../disk/gpt';
import { SECTOR_BYTES } from '../../../disk/mbr';
import {
  addPartition,
  type DiskTable,
  defaultAlignment,
  freeExtents,
  initialiseMbr,
  MbrType,
  placeIn,
  type TablePartition,
} from '../../disk-tables';
import type { DiskView } from '../../windows-host';
import type { Command, CommandContext } from './command';
import { editDisk, tableOf } from './disk-image';
import { DiskPartFailure, InvalidArguments, serviceFailure } from './failure';
import { focusedDisk, focusPartition } from './focus';
import { type Parameters, parseParameters, wholeNumber } from './parameters';
import { parsePartitionType } from './partition-id';

const MIB = 2 ** 20;
const KIB = 2 ** 10;

/** General knowledge of the real text; its lines are broken as on an 80-column console. */
function noSpace(cause?: unknown): DiskPartFailure {
  return new DiskPartFailure(
    [
      'No usable free extent could be found. It may be that there is insufficient',
      'free space to create a partition at the specified size and offset. Specify',
      "different size and offset values or don't specify either to create the",
      'maximum sized partition. It may be that the disk is partitioned using the MBR',
      'disk partitioning format and the disk contains either 4 primary partitions,',
      '(no more partitions may be created), or 3 primary partitions and one extended',
      'partition, (only logical drives may be created).',
    ],
    4,
    { cause },
  );
}

interface Kind {
  readonly kind: TablePartition['kind'];
  readonly style: 'mbr' | 'gpt' | 'any';
  type(table: DiskTable, parameters: Parameters): number | string;
}

function create({ kind, style, type }: Kind): Command {
  return async (context, words) => {
    const { host, focus, say } = context;
    const disk = await focusedDisk(host, focus);
    const parameters = parseParameters(words, { values: ['size', 'offset', 'align', 'id'] });
    if (parameters.values.has('id') && style !== 'any') throw new InvalidArguments();
    const table = await initialised(context, disk, style);
    const place = placeIn(
      freeExtents(table, kind === 'logical' ? 'logical' : 'primary'),
      requestOf(parameters, table, kind),
    );
    if (!place) throw noSpace();
    try {
      await editDisk(host, disk, (reader) =>
        addPartition(reader, { ...place, kind, type: type(table, parameters), guid: context.newGuid() }),
      );
    } catch (error) {
      // Only tables say such things: they are full, or the partition would leave them.
      if (error instanceof DiskFormatError || /no free entry/.test((error as Error).message))
        throw noSpace(error);
      throw error;
    }
    await focusNew(context, disk, place.startSector);
    // Seen on real Windows.
    say('DiskPart succeeded in creating the specified partition.');
  };
}

/** A disk without a table becomes an MBR disk, as on real Windows; one of the wrong style is refused. */
async function initialised(
  { host, newGuid }: CommandContext,
  disk: DiskView,
  style: Kind['style'],
): Promise<DiskTable> {
  // Our text.
  if (disk.dynamic) throw serviceFailure('Partitions cannot be created on a dynamic disk.');
  let table = await tableOf(host, disk);
  if (table.style === 'raw' && style !== 'gpt') {
    const signature = newSignature(newGuid);
    await editDisk(host, disk, (reader) => initialiseMbr(reader, signature));
    table = await tableOf(host, disk);
  }
  // vdserr.h of the Windows SDK, VDS_E_PARTITION_STYLE_MISMATCH.
  if (style !== 'any' && table.style !== style)
    throw serviceFailure('The specified partition style does not match that of the disk.');
  return table;
}

/** A random MBR signature, never 0. */
export function newSignature(newGuid: () => string): number {
  return Number.parseInt(newGuid().slice(0, 8), 16) || 1;
}

/** `size` is in MB, `offset` and `align` are in KB (Microsoft's diskpart page). */
function requestOf(parameters: Parameters, table: DiskTable, kind: TablePartition['kind']) {
  const size = wholeNumber(parameters, 'size');
  const offset = wholeNumber(parameters, 'offset');
  const align = wholeNumber(parameters, 'align');
  // vdserr.h of the Windows SDK, VDS_E_ALIGN_IS_ZERO.
  if (align === 0) throw serviceFailure('The specified alignment is zero.');
  return {
    sizeBytes: size === undefined ? undefined : size * MIB,
    offsetBytes: offset === undefined ? undefined : offset * KIB,
    alignSectors: align === undefined ? defaultAlignment(table.sectors) : (align * KIB) / SECTOR_BYTES,
    headroom: kind === 'logical' ? 1 : 0,
  };
}

/** A new partition has the focus. Windows gives it no letter before `assign`. */
async function focusNew({ host, focus }: CommandContext, disk: DiskView, startSector: number): Promise<void> {
  const { partitions } = await tableOf(host, disk);
  const partition = partitions.find((one) => one.startSector === startSector);
  if (!partition) throw new Error(`The new partition at sector ${startSector} is not in the table.`);
  await focusPartition(host, focus, { disk, partition });
  const volume = (await host.volumes()).find(({ devicePath }) => devicePath === focus.volume);
  if (volume?.letter !== undefined) await host.removeLetter(volume.number);
}

export const createPrimary = create({
  kind: 'primary',
  style: 'any',
  type: ({ style }, { values }) => {
    const id = values.get('id');
    if (id !== undefined) return parsePartitionType(id, style);
    return style === 'gpt' ? PARTITION_TYPES.basicData : MbrType.ntfs;
  },
});

export const createExtended = create({ kind: 'extended', style: 'mbr', type: () => MbrType.extended });
export const createLogical = create({ kind: 'logical', style: 'mbr', type: () => MbrType.ntfs });
export const createEfi = create({ kind: 'primary', style: 'gpt', type: () => PARTITION_TYPES.efiSystem });
export const createMsr = create({
  kind: 'primary',
  style: 'gpt',
  type: () => PARTITION_TYPES.microsoftReserved,
});
