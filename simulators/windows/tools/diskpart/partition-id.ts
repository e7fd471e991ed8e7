import { bareGuid, isGuid } from '../../../disk/bytes';
import { isExtended } from '../../../disk/mbr';
import { type DiskTable, MbrType, setActive, setAttributes, setType } from '../../disk-tables';
import type { Command, CommandContext } from './command';
import { editDisk } from './disk-image';
import { DiskPartFailure, InvalidArguments, serviceFailure } from './failure';
import { type FocusedPartition, focusedPartition, focusPartition } from './focus';
import { parseParameters, requireNoWords } from './parameters';
import { refuseCritical } from './system-partition';

/** `07` on an MBR disk, a GUID on a GPT disk. */
export function parsePartitionType(id: string, style: DiskTable['style']): number | string {
  if (style === 'gpt') {
    if (isGuid(id)) return bareGuid(id).toLowerCase();
  } else if (/^[0-9a-f]{1,2}$/i.test(id)) {
    const type = Number.parseInt(id, 16);
    if (type !== 0 && type !== MbrType.dynamic && !isExtended(type)) return type;
  }
  // vdserr.h of the Windows SDK, VDS_E_INVALID_PARTITION_TYPE.
  throw serviceFailure('The specified partition type is not valid for this operation.');
}

/** `setid id=27`, `set id="de94bba4-..." override`. */
export const setId: Command = async (context, words) => {
  const { host, focus, say } = context;
  const found = await focusedPartition(host, focus);
  const id = parseParameters(words, { values: ['id'], flags: ['override'] }).values.get('id');
  if (id === undefined) throw new InvalidArguments();
  const { disk, partition } = found;
  const type = parsePartitionType(id, disk.style === 'gpt' ? 'gpt' : 'mbr');
  await refuseCritical(host, disk, partition, 'Delete');
  await editDisk(host, disk, (reader) => setType(reader, partition, type));
  await focusPartition(host, focus, found);
  // Seen on real Windows.
  say('DiskPart successfully set the partition ID.');
};

/** `gpt attributes=0x8000000000000001`. */
export const gptAttributes: Command = async ({ host, focus, say }, words) => {
  const found = await focusedPartition(host, focus);
  const [value = '', ...more] = words;
  if (!/^(0x)?[0-9a-f]{1,16}$/i.test(value) || more.length > 0) throw new InvalidArguments();
  const { disk, partition } = found;
  if (disk.style !== 'gpt') {
    // General knowledge.
    throw new DiskPartFailure(['The selected disk is not a fixed GPT disk.'], 4);
  }
  const attributes = BigInt(`0x${value.replace(/^0x/i, '')}`);
  await editDisk(host, disk, (reader) => setAttributes(reader, partition, attributes));
  await focusPartition(host, focus, found);
  // Seen on real Windows.
  say('DiskPart successfully assigned the attributes to the selected GPT partition.');
};

/** `active`: the partition that the BIOS starts. */
export const markActive: Command = async (context, words) => {
  requireNoWords(words);
  const found = await focusedMbrPartition(context, 'ACTIVE');
  await editDisk(context.host, found.disk, (reader) => setActive(reader, found.partition));
  await focusPartition(context.host, context.focus, found);
  // Seen on real Windows.
  context.say('DiskPart marked the current partition as active.');
};

export const markInactive: Command = async (context, words) => {
  requireNoWords(words);
  const found = await focusedMbrPartition(context, 'INACTIVE');
  if (found.partition.active) {
    await editDisk(context.host, found.disk, (reader) => setActive(reader, undefined));
    await focusPartition(context.host, context.focus, found);
  }
  // In programs that read diskpart's output.
  context.say('DiskPart marked the current partition as inactive.');
};

async function focusedMbrPartition(
  { host, focus }: CommandContext,
  command: string,
): Promise<FocusedPartition> {
  const found = await focusedPartition(host, focus);
  if (found.disk.style !== 'mbr') {
    // Seen on real Windows for ACTIVE.
    throw new DiskPartFailure(
      [
        'The selected disk is not a fixed MBR disk.',
        `The ${command} command can only be used on fixed MBR disks.`,
      ],
      4,
    );
  }
  if (found.partition.kind !== 'primary') {
    // Our text.
    throw serviceFailure('Only a primary partition can be marked as active.');
  }
  return found;
}
