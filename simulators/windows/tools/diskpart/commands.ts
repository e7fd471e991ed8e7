import type { Command } from './command';
import { detailDisk, uniqueIdDisk } from './disk-identity';
import { attributesDisk, importDisk, offlineDisk, onlineDisk } from './disk-state';
import { assignLetter, removeLetter } from './letters';
import { san } from './san-policy';
import { selectDisk, selectVolume } from './select';
import { diskTable, volumeTable } from './tables';

const listDisk: Command = async ({ host, focus, say }) => {
  const disks = await host.disks();
  say(disks.length === 0 ? 'There are no fixed disks to show.' : diskTable(disks, focus.disk));
};

const listVolume: Command = async ({ host, focus, say }) => {
  const volumes = await host.volumes();
  say(volumes.length === 0 ? 'There are no volumes.' : volumeTable(volumes, focus.volume));
};

const rescan: Command = async ({ host, say }) => {
  say('Please wait while DiskPart scans your configuration...');
  await host.rescan();
  // Seen on real Windows; the line before it is general knowledge.
  say('DiskPart has finished scanning your configuration.');
};

interface Verb {
  /** What `help` says of it (our words). */
  readonly help: string;
  /** By object (`disk`, `volume`), or the command itself where the verb takes none. */
  readonly does: Command | Readonly<Record<string, Command>>;
}

const verbs: Readonly<Record<string, Verb>> = {
  assign: { help: 'Give the selected volume a drive letter.', does: assignLetter },
  attributes: { help: 'Show or change the attributes of the selected disk.', does: { disk: attributesDisk } },
  detail: { help: 'Show details of the selected disk.', does: { disk: detailDisk } },
  import: { help: 'Import the disk group of the selected foreign disk.', does: importDisk },
  list: { help: 'List disks or volumes.', does: { disk: listDisk, volume: listVolume } },
  offline: { help: 'Take the selected disk offline.', does: { disk: offlineDisk } },
  online: { help: 'Bring the selected disk online.', does: { disk: onlineDisk } },
  remove: { help: 'Take the drive letter of the selected volume away.', does: removeLetter },
  rescan: { help: 'Look for disks and volumes again.', does: rescan },
  san: { help: 'Show or set the SAN policy of this system.', does: san },
  select: { help: 'Choose the disk or volume to work on.', does: { disk: selectDisk, volume: selectVolume } },
  uniqueid: { help: 'Show or set the identifier of the selected disk.', does: { disk: uniqueIdDisk } },
};

/** The list of commands that `help` prints. */
export function helpText(): string {
  const lines = Object.entries({
    ...verbs,
    exit: { help: 'Leave DiskPart.' },
    help: { help: 'Show this list.' },
  });
  return lines
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([verb, { help }]) => `${verb.toUpperCase().padEnd(12)}- ${help}`)
    .join('\r\n');
}

/** Names may be shortened to three letters, as long as only one fits. */
function byPrefix<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  const typed = word.toLowerCase();
  if (Object.hasOwn(table, typed)) return table[typed];
  const fitting = typed.length < 3 ? [] : Object.keys(table).filter((name) => name.startsWith(typed));
  return fitting.length === 1 ? table[fitting[0] ?? ''] : undefined;
}

/** The command that the words ask for, with the words left for it; undefined for none. */
export function findCommand(
  words: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  const [first = '', second = ''] = words;
  const verb = byPrefix(verbs, first);
  if (typeof verb?.does === 'function') return { command: verb.does, rest: words.slice(1) };
  // `select disk=1` is `select disk 1`.
  const [object = '', value] = /^([a-z]+)=(.*)$/i.exec(second)?.slice(1) ?? [second];
  const command = verb && byPrefix(verb.does, object);
  return command && { command, rest: [...(value === undefined ? [] : [value]), ...words.slice(2)] };
}
