import type { Command } from './command';
import { tableOf } from './disk-image';
import { DiskPartFailure } from './failure';
import { missingDisks } from './own-group';
import { requireNoWords } from './parameters';
import { diskTable, partitionTable, volumeTable } from './tables';

export const listDisk: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const disks = await host.disks();
  const missing = (await missingDisks(host)).map(({ name, guid }) => ({
    name,
    inFocus: guid === focus.missing,
  }));
  // General knowledge.
  say(disks.length === 0 ? 'There are no fixed disks to show.' : diskTable(disks, focus.disk, missing));
};

export const listVolume: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const volumes = await host.volumes();
  // General knowledge.
  say(volumes.length === 0 ? 'There are no volumes.' : volumeTable(volumes, focus.volume));
};

export const listPartition: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const disk = (await host.disks()).find(({ number }) => number === focus.disk);
  // Seen on real Windows.
  if (!disk) {
    throw new DiskPartFailure(
      ['There is no disk selected to list partitions.', 'Select a disk and try again.'],
      4,
    );
  }
  const { partitions } = await tableOf(host, disk);
  // Seen on real Windows.
  if (partitions.length === 0) return say('There are no partitions on this disk to show.');
  say(partitionTable(partitions, focus.partition));
};

/** Virtual disks cannot be attached here, so there never is one. The sentence is general knowledge. */
export const listVirtualDisk: Command = async ({ say }, words) => {
  requireNoWords(words);
  say('There are no virtual disks to show.');
};
