import { DiskFormatError } from '../../../disk/bytes';
import { PARTITION_TYPES } from '../../../disk/gpt';
import { createDiskGroup, type DiskGroupRequest } from '../../../disk/ldm';
import { type Patch, SECTOR_BYTES } from '../../../disk/mbr';
import { onDisk } from '../../codec-on-host';
import { type DiskTable, dynamicGpt, initialiseGpt, initialiseMbr } from '../../disk-tables';
import type { DiskView } from '../../windows-host';
import type { Command, CommandContext } from './command';
import { newSignature } from './create-partition';
import { editDisk, tableOf } from './disk-image';
import { DiskPartFailure, serviceFailure } from './failure';
import { focusedDisk } from './focus';
import { requireNoWords } from './parameters';

/** A reserved partition is no content: `convert gpt` makes one itself. */
function refuseContent(disk: DiskView, { partitions }: DiskTable): void {
  if (!disk.dynamic && partitions.every(({ type }) => type === PARTITION_TYPES.microsoftReserved)) return;
  // vdserr.h of the Windows SDK, VDS_E_DISK_NOT_CONVERTIBLE; that partitions are the cause is general knowledge.
  throw serviceFailure(
    'The specified disk is not convertible. CDROMs and DVDs\nare examples of disks that are not convertable.',
  );
}

// General knowledge of both sentences.
const wrongStyle = (style: string): DiskPartFailure =>
  new DiskPartFailure(
    [`The disk you specified is not ${style} formatted.`, `Please select an empty ${style} disk to convert.`],
    4,
  );

export const convertMbr: Command = async (context, words) => {
  requireNoWords(words);
  const { host, focus, newGuid, say } = context;
  const disk = await focusedDisk(host, focus);
  const table = await tableOf(host, disk);
  if (table.style === 'mbr') throw wrongStyle('GPT');
  refuseContent(disk, table);
  const signature = newSignature(newGuid);
  await editDisk(host, disk, (reader) => initialiseMbr(reader, signature));
  loseFocus(context);
  // Seen on real Windows.
  say('DiskPart successfully converted the selected disk to MBR format.');
};

export const convertGpt: Command = async (context, words) => {
  requireNoWords(words);
  const { host, focus, newGuid, say } = context;
  const disk = await focusedDisk(host, focus);
  const table = await tableOf(host, disk);
  if (table.style === 'gpt') throw wrongStyle('MBR');
  refuseContent(disk, table);
  const guids = [newGuid(), newGuid()];
  const reserved = host.version.startsWith('6.') ? 'classic' : 'modern';
  try {
    await editDisk(host, disk, (reader) => {
      const next = [...guids];
      return initialiseGpt(reader, () => next.shift() ?? newGuid(), reserved);
    });
  } catch (error) {
    if (!(error instanceof DiskFormatError)) throw error;
    // vdserr.h of the Windows SDK, VDS_E_DISK_NOT_CONVERTIBLE_SIZE.
    throw serviceFailure(
      'The specified disk is not convertible because the size is less than\nthe minimum size required for GPT disks.',
      error,
    );
  }
  loseFocus(context);
  // Seen on real Windows.
  say('DiskPart successfully converted the selected disk to GPT format.');
};

/**
 * An empty disk becomes the first of the machine's disk group, or joins that. Our limit: a disk with partitions is
 * refused, where real diskpart turns them into simple volumes.
 */
export const convertDynamic: Command = async (context, words) => {
  requireNoWords(words);
  const { host, focus, say } = context;
  const disk = await focusedDisk(host, focus);
  // vdserr.h of the Windows SDK, VDS_E_DISK_DYNAMIC.
  if (disk.dynamic) throw serviceFailure('The disk is already dynamic.');
  const table = await tableOf(host, disk);
  const patches = table.style === 'gpt' ? await newGptMember(context, disk) : newMbrMember(context, table);
  await host.writeDisk(disk.number, patches);
  await host.importForeign(disk.number);
  loseFocus(context);
  // Seen on real Windows.
  say('DiskPart successfully converted the selected disk to dynamic format.');
};

const notEmpty = (): DiskPartFailure =>
  serviceFailure(
    'This stand-in makes only an empty disk dynamic: one without partitions, or with a reserved one.',
  );

function newMbrMember(context: CommandContext, table: DiskTable): readonly Patch[] {
  if (table.partitions.length > 0) throw notEmpty();
  const signature = table.signature ?? newSignature(context.newGuid);
  return newGroup(context, { sizeSectors: table.sectors, signature });
}

async function newGptMember(context: CommandContext, disk: DiskView): Promise<readonly Patch[]> {
  const { host, newGuid } = context;
  const guids = [newGuid(), newGuid()];
  const table = await onDisk(host, disk, (reader) => {
    const next = [...guids];
    return dynamicGpt(reader, () => next.shift() ?? newGuid());
  });
  if (!table) throw notEmpty();
  const { metadata, data } = table;
  const sizeSectors = Math.floor(disk.sizeBytes / SECTOR_BYTES);
  return [...newGroup(context, { style: 'gpt', sizeSectors, metadata, data }), ...table.patches];
}

/** A group of this one disk. Windows forms its name from that of the computer (facts on LDM). */
function newGroup(
  { host, newGuid }: CommandContext,
  disk: DiskGroupRequest['disks'][number],
): readonly Patch[] {
  const groupName = `${host.hostName.toUpperCase()}-Dg0`;
  const created = createDiskGroup({ groupName, disks: [disk], volumes: [], now: new Date(), newGuid });
  return created.patches[0] ?? [];
}

/** A dynamic disk without volumes is basic again. */
export const convertBasic: Command = async (context, words) => {
  requireNoWords(words);
  const { host, focus, newGuid, say } = context;
  const disk = await focusedDisk(host, focus);
  // General knowledge.
  if (!disk.dynamic) throw new DiskPartFailure(['The disk you specified is not dynamic.'], 4);
  const volumes = (await host.volumes()).filter(({ diskNumbers }) => diskNumbers.includes(disk.number));
  // vdserr.h of the Windows SDK, VDS_E_VOLUME_ON_DISK.
  if (volumes.length > 0 || disk.status === 'Foreign')
    throw serviceFailure('This operation is not allowed on disks with volumes.');
  const signature = disk.signature ?? newSignature(newGuid);
  await editDisk(host, disk, (reader) =>
    disk.style === 'gpt' ? initialiseGpt(reader, newGuid) : initialiseMbr(reader, signature),
  );
  loseFocus(context);
  // General knowledge, after the sentence for dynamic.
  say('DiskPart successfully converted the selected disk to basic format.');
};

function loseFocus({ focus }: CommandContext): void {
  focus.partition = undefined;
  focus.volume = undefined;
}
