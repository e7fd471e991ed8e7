import type { DiskView } from '../../windows-host';
import type { Command } from './command';
import { attributeLines } from './disk-state';
import { DiskPartFailure, serviceFailure } from './failure';
import { focusedDisk } from './focus';
import { volumeTable } from './tables';

/** `42D9DECD` or `{42D9...}`. */
function diskId(disk: DiskView): string {
  if (disk.style === 'gpt') return `{${(disk.guid ?? '').toUpperCase()}}`;
  return (disk.signature ?? 0).toString(16).toUpperCase().padStart(8, '0');
}

/** `uniqueid disk`, `uniqueid disk id=42D9DECD`. Setting says nothing (our choice; no transcript at hand). */
export const uniqueIdDisk: Command = async ({ host, focus, say }, words) => {
  const disk = await focusedDisk(host, focus);
  const [word] = words;
  if (word === undefined) return say(`Disk ID: ${diskId(disk)}`);
  const id = /^id=(.*)$/i.exec(word)?.[1];
  if (id === undefined)
    throw new DiskPartFailure(['The arguments specified for this command are not valid.'], 5);
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
  // Our limit: the host writes MBR signatures only.
  if (disk.style === 'gpt') throw serviceFailure('The GUID of a GPT disk cannot be changed in this system.');
  await host.setSignature(disk.number, Number.parseInt(id, 16));
};

/**
 * `detail disk`. Field names as on real Windows; bus, path, target, LUN and location are our choice, since a disk that
 * is passed through shows none of its own.
 */
export const detailDisk: Command = async ({ host, focus, say }) => {
  const disk = await focusedDisk(host, focus);
  const volumes = (await host.volumes()).filter(({ diskNumbers }) => diskNumbers.includes(disk.number));
  say(
    [
      disk.model,
      `Disk ID: ${diskId(disk)}`,
      'Type   : SATA',
      `Status : ${disk.status}`,
      'Path   : 0',
      `Target : ${disk.number}`,
      'LUN ID : 0',
      'Location Path : UNAVAILABLE',
      attributeLines(disk),
    ].join('\r\n'),
  );
  say(volumes.length === 0 ? 'There are no volumes.' : volumeTable(volumes, focus.volume));
};
