import type { Command } from './command';
import { tableOf } from './disk-image';
import { DiskPartFailure } from './failure';
import { focusedDisk, focusPartition, focusVolume } from './focus';
import { missingDisks } from './own-group';

/**
 * `select disk 1`, `select disk=1`, `select disk system`, `select disk next`; without a number it tells the one in
 * focus. Disk 0 is the system's here. `select disk m0` selects a missing disk of a group.
 */
export const selectDisk: Command = async ({ host, focus, say }, words) => {
  const wanted = words[0]?.toLowerCase();
  const missing = wanted !== undefined && /^m\d+$/.test(wanted) ? await missingDisks(host) : [];
  const gone = missing.find(({ name }) => name.toLowerCase() === wanted);
  if (gone) {
    focus.disk = undefined;
    focus.partition = undefined;
    focus.volume = undefined;
    focus.missing = gone.guid;
    // Seen on real Windows.
    return say(`Disk ${gone.name} is now the selected disk.`);
  }
  if (wanted !== undefined) {
    const number =
      wanted === 'system' ? 0 : wanted === 'next' ? (focus.disk ?? -1) + 1 : wholeNumberOf(wanted);
    const disk = (await host.disks()).find((one) => one.number === number);
    focus.disk = disk?.number;
    focus.missing = undefined;
    focus.partition = undefined;
    focus.volume = undefined;
    // General knowledge, also that the wrong choice loses the focus.
    if (!disk)
      throw new DiskPartFailure(
        ['The disk you specified is not valid.', '', 'There is no disk selected.'],
        4,
      );
  }
  // Both sentences were seen on real Windows.
  say(
    focus.disk === undefined
      ? 'There is no disk currently selected.'
      : `Disk ${focus.disk} is now the selected disk.`,
  );
};

/** `select partition 2`: the volume on it comes into focus as well. */
export const selectPartition: Command = async ({ host, focus, say }, words) => {
  const disk = await focusedDisk(host, focus);
  const [wanted] = words;
  const { partitions } = await tableOf(host, disk);
  const chosen =
    wanted === undefined
      ? partitions.find(({ startSector }) => startSector === focus.partition)
      : partitions.find(({ number }) => number === wholeNumberOf(wanted));
  if (wanted !== undefined && !chosen) {
    focus.partition = undefined;
    focus.volume = undefined;
    // The first two lines are in a program that reads diskpart's output.
    throw new DiskPartFailure(
      [
        'The specified partition is not valid.',
        'Please select a valid partition.',
        '',
        'There is no partition selected.',
      ],
      4,
    );
  }
  if (!chosen) return say('There is no partition selected.');
  await focusPartition(host, focus, { disk, partition: chosen });
  // Seen on real Windows.
  say(`Partition ${chosen.number} is now the selected partition.`);
};

/** `select volume 2`, `select volume d`: the volume's disk comes into focus as well, where it lies on one only. */
export const selectVolume: Command = async ({ host, focus, say }, words) => {
  const [wanted] = words;
  const volumes = await host.volumes();
  if (wanted !== undefined) {
    const letter = /^[a-z]:?\\?$/i.test(wanted) ? wanted.slice(0, 1).toUpperCase() : undefined;
    const volume = volumes.find((one) =>
      letter === undefined ? one.number === wholeNumberOf(wanted) : one.letter === letter,
    );
    focus.volume = undefined;
    // General knowledge, both lines.
    if (!volume)
      throw new DiskPartFailure(
        ['The volume you selected is not valid or does not exist.', '', 'There is no volume selected.'],
        4,
      );
    await focusVolume(host, focus, volume);
  }
  const selected = volumes.find(({ devicePath }) => devicePath === focus.volume);
  // Both sentences were seen on real Windows.
  say(selected ? `Volume ${selected.number} is the selected volume.` : 'There is no volume selected.');
};

function wholeNumberOf(word: string): number | undefined {
  return /^\d{1,9}$/.test(word) ? Number(word) : undefined;
}
