import { DiskFormatError } from '../../../disk/bytes';
import { PARTITION_TYPES } from '../../../disk/gpt';
import { deleteMissingDisk } from '../../../disk/ldm';
import { type DiskTable, initialiseGpt, initialiseMbr } from '../../disk-tables';
import type { DiskView } from '../../windows-host';
import type { Command, CommandContext } from './command';
import { newSignature } from './create-partition';
import { editDisk, tableOf } from './disk-image';
import { DiskPartFailure, serviceFailure } from './failure';
import { focusedDisk } from './focus';
import { changeOwnGroup, type OwnGroup, ownGroups } from './own-group';
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
  const own = (await ownGroups(host)).find(({ disks }) =>
    disks.some(({ view }) => view.number === disk.number),
  );
  const signature = disk.signature ?? newSignature(newGuid);
  await editDisk(host, disk, (reader) =>
    disk.style === 'gpt' ? initialiseGpt(reader, newGuid) : initialiseMbr(reader, signature),
  );
  await leaveGroup(context, own, disk.number);
  loseFocus(context);
  // General knowledge, after the sentence for dynamic.
  say('DiskPart successfully converted the selected disk to basic format.');
};

/** What is left of the group no longer lists the disk. */
async function leaveGroup(context: CommandContext, own: OwnGroup | undefined, number: number): Promise<void> {
  const left = own?.disks.find(({ view }) => view.number === number);
  const disks = own?.disks.filter((one) => one !== left) ?? [];
  if (!left || disks.length === 0) return;
  await changeOwnGroup(context, { disks }, [], (draft) =>
    deleteMissingDisk(draft, left.member.privHead.diskGuid, { override: false }),
  );
}

function loseFocus({ focus }: CommandContext): void {
  focus.partition = undefined;
  focus.volume = undefined;
}
