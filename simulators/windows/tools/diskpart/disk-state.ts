import type { Command } from './command';
import { DiskPartFailure, InvalidArguments } from './failure';
import { focusedDisk, focusedVolume } from './focus';
import { requireNoWords } from './parameters';

/** `online disk`. A disk with a colliding signature gets a new one from the host; a dynamic disk of others turns Foreign. */
export const onlineDisk: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const disk = await focusedDisk(host, focus);
  await host.onlineDisk(disk.number);
  // Seen on real Windows.
  say('DiskPart successfully onlined the selected disk.');
};

export const offlineDisk: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const disk = await focusedDisk(host, focus);
  await host.offlineDisk(disk.number);
  // Seen on real Windows.
  say('DiskPart successfully offlined the selected disk.');
};

export const onlineVolume: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const volume = await focusedVolume(host, focus);
  await host.setVolumeOnline(volume.number, true);
  // General knowledge.
  say('DiskPart successfully onlined the selected volume.');
};

export const offlineVolume: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const volume = await focusedVolume(host, focus);
  await host.setVolumeOnline(volume.number, false);
  // General knowledge.
  say('DiskPart successfully offlined the selected volume.');
};

/** `import`: every disk of the foreign group that the disk in focus belongs to. */
export const importDisk: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const disk = await focusedDisk(host, focus);
  // Our text.
  if (disk.status !== 'Foreign') {
    throw new DiskPartFailure(
      ['The selected disk is not a foreign disk.', 'Please select a foreign disk and try again.'],
      4,
    );
  }
  await host.importForeign(disk.number);
  // One published transcript only, which may be made up.
  say('DiskPart successfully imported the foreign disk.');
};

export const yesNo = (value: boolean): string => (value ? 'Yes' : 'No');

/** The seven lines of `attributes disk`. The rescue system has no page, hibernation or crash dump file. */
export function attributeLines(disk: {
  readonly readOnly: boolean;
  readonly bootDisk: boolean;
  readonly status: string;
}): string {
  return [
    `Current Read-only State : ${yesNo(disk.readOnly)}`,
    `Read-only  : ${yesNo(disk.readOnly)}`,
    `Boot Disk  : ${yesNo(disk.bootDisk)}`,
    'Pagefile Disk  : No',
    'Hibernation File Disk  : No',
    'Crashdump Disk  : No',
    'Clustered Disk  : No',
  ].join('\r\n');
}

/** `attributes disk`, `attributes disk clear readonly`, `attributes disk set readonly`. */
export const attributesDisk: Command = async ({ host, focus, say }, words) => {
  const disk = await focusedDisk(host, focus);
  const [verb, attribute, ...more] = words.map((word) => word.toLowerCase());
  if (verb === undefined) return say(attributeLines(disk));
  if ((verb !== 'clear' && verb !== 'set') || attribute !== 'readonly' || more.length > 0)
    throw new InvalidArguments();
  await host.setReadOnly(disk.number, verb === 'set');
  // `cleared` was seen on real Windows; `set` is in programs that read diskpart's output.
  say(`Disk attributes ${verb === 'set' ? 'set' : 'cleared'} successfully.`);
};
