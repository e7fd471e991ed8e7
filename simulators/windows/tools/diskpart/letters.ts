import type { VolumeView } from '../../windows-host';
import type { Command } from './command';
import { DiskPartFailure, serviceFailure } from './failure';
import { focusedVolume } from './focus';

function letterOf(word: string): string {
  const letter = /^letter=([a-z]):?$/i.exec(word)?.[1];
  if (letter === undefined)
    throw new DiskPartFailure(['The arguments specified for this command are not valid.'], 5);
  return letter.toUpperCase();
}

function refuseSystem(volume: VolumeView, systemDrive: string): void {
  // General knowledge: the letter of the running system stays.
  if (volume.letter === systemDrive) {
    throw serviceFailure('The drive letter of the current boot or pagefile volume cannot be changed.');
  }
}

/** `assign`, `assign letter=x`. */
export const assignLetter: Command = async ({ host, focus, say }, words) => {
  const volume = await focusedVolume(host, focus);
  const letter = words[0] === undefined ? undefined : letterOf(words[0]);
  refuseSystem(volume, host.systemDrive);
  const taken = (await host.volumes()).some(
    (other) => other.number !== volume.number && other.letter === letter,
  );
  if (letter !== undefined && taken) {
    // General knowledge.
    throw new DiskPartFailure(['The specified drive letter is not free to be assigned.'], 4);
  }
  if (letter === undefined || letter !== volume.letter) await host.assignLetter(volume.number, letter);
  say('DiskPart successfully assigned the drive letter or mount point.');
};

/** `remove`, `remove letter=x`. */
export const removeLetter: Command = async ({ host, focus, say }, words) => {
  const volume = await focusedVolume(host, focus);
  const letter = words[0] === undefined ? volume.letter : letterOf(words[0]);
  refuseSystem(volume, host.systemDrive);
  if (letter === undefined || letter !== volume.letter) {
    // Our text.
    throw new DiskPartFailure(['The selected volume has no such drive letter.'], 4);
  }
  await host.removeLetter(volume.number);
  say('DiskPart successfully removed the drive letter or mount point.');
};
