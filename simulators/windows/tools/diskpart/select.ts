import type { Command } from './command';
import { DiskPartFailure } from './failure';

/** `select disk 1`, `select disk=1`; without a number it tells the one in focus. */
export const selectDisk: Command = async ({ host, focus, say }, words) => {
  const [wanted] = words;
  const disks = await host.disks();
  if (wanted !== undefined) {
    const disk = /^\d+$/.test(wanted) ? disks.find(({ number }) => number === Number(wanted)) : undefined;
    focus.disk = disk?.number;
    focus.volume = undefined;
    // General knowledge; the wrong choice also loses the focus.
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

/** `select volume 2`, `select volume d`: the volume's disk comes into focus as well, where it lies on one only. */
export const selectVolume: Command = async ({ host, focus, say }, words) => {
  const [wanted] = words;
  const volumes = await host.volumes();
  if (wanted !== undefined) {
    const letter = /^[a-z]:?$/i.test(wanted) ? wanted.slice(0, 1).toUpperCase() : undefined;
    const volume = volumes.find((one) =>
      letter === undefined ? one.number === Number(wanted) : one.letter === letter,
    );
    focus.volume = volume?.number;
    // General knowledge, all three.
    if (!volume)
      throw new DiskPartFailure(
        ['The volume you selected is not valid or does not exist.', '', 'There is no volume selected.'],
        4,
      );
    focus.disk = volume.diskNumbers.length === 1 ? volume.diskNumbers[0] : undefined;
  }
  say(
    focus.volume === undefined
      ? 'There is no volume selected.'
      : `Volume ${focus.volume} is the selected volume.`,
  );
};
