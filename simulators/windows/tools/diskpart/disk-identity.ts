import { bareGuid } from '../../../disk/bytes';
import { changeGuids } from '../../disk-tables';
import type { DiskView } from '../../windows-host';
import type { Command } from './command';
import { editDisk } from './disk-image';
import { DiskPartFailure } from './failure';
import { focusedDisk } from './focus';
import { parseParameters } from './parameters';

/** `42D9DECD` or `{42D9...}`. */
export function diskId(disk: DiskView): string {
  if (disk.style === 'gpt') return `{${(disk.guid ?? '').toUpperCase()}}`;
  return (disk.signature ?? 0).toString(16).toUpperCase().padStart(8, '0');
}

/** `uniqueid disk`, `uniqueid disk id=42D9DECD`. Setting says nothing (our choice; no transcript at hand). */
export const uniqueIdDisk: Command = async ({ host, focus, say }, words) => {
  const disk = await focusedDisk(host, focus);
  const id = parseParameters(words, { values: ['id'] }).values.get('id');
  if (id === undefined) return say(`Disk ID: ${diskId(disk)}`);
  const format =
    disk.style === 'gpt' ? /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i : /^[0-9a-f]{1,8}$/i;
  if (!format.test(id)) {
    // General knowledge.
    throw new DiskPartFailure(
      [
        'The specified identifier is not in the correct format.',
        'Type the identifier in the correct format: in hexadecimal form for an MBR disk',
        'or in GUID form for a GPT disk.',
      ],
      4,
    );
  }
  if (disk.style === 'gpt') await editDisk(host, disk, (reader) => changeGuids(reader, bareGuid(id)));
  else await host.setSignature(disk.number, Number.parseInt(id, 16));
};
