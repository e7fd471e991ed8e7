import type { VolumeView } from '../../windows-host';
import type { Command } from './command';
import { DiskPartFailure, InvalidArguments, serviceFailure } from './failure';
import { focusedVolume } from './focus';
import { type Parameters, parseParameters } from './parameters';

function letterOf({ values }: Parameters): string | undefined {
  const word = values.get('letter');
  if (word === undefined) return undefined;
  const letter = /^([a-z]):?$/i.exec(word)?.[1];
  if (letter === undefined) throw new InvalidArguments();
  return letter.toUpperCase();
}

/** Our limit: volumes here are reached by letters and device names, not through folders. */
function refuseMount({ values }: Parameters): void {
  if (values.has('mount'))
    throw serviceFailure('This stand-in has no mount points in folders, only letters.');
}

function refuseSystem(volume: VolumeView, systemDrive: string): void {
  // vdserr.h of the Windows SDK, VDS_E_BOOT_PAGEFILE_DRIVE_LETTER.
  if (volume.letter === systemDrive) {
    throw serviceFailure(
      'Assigning or removing drive letters on the current boot or pagefile\nvolume is not allowed.',
    );
  }
}

/** `assign`, `assign letter=x`. A volume with a letter keeps it where none is given (our choice). */
export const assignLetter: Command = async ({ host, focus, say }, words) => {
  const volume = await focusedVolume(host, focus);
  const parameters = parseParameters(words, { values: ['letter', 'mount'] });
  refuseMount(parameters);
  const letter = letterOf(parameters) ?? volume.letter;
  refuseSystem(volume, host.systemDrive);
  const taken = (await host.volumes()).some(
    (other) => other.number !== volume.number && other.letter === letter,
  );
  if (letter !== undefined && taken) {
    // vdserr.h of the Windows SDK; that it comes without the service's heading is general knowledge.
    throw new DiskPartFailure(['The specified drive letter is not free to be assigned.'], 4);
  }
  if (letter === undefined || letter !== volume.letter) await host.assignLetter(volume.number, letter);
  // Seen on real Windows.
  say('DiskPart successfully assigned the drive letter or mount point.');
};

/** `remove`, `remove letter=x`, `remove all`, `remove all dismount`. */
export const removeLetter: Command = async ({ host, focus, say }, words) => {
  const volume = await focusedVolume(host, focus);
  const parameters = parseParameters(words, { values: ['letter', 'mount'], flags: ['all', 'dismount'] });
  refuseMount(parameters);
  const letter = letterOf(parameters) ?? volume.letter;
  refuseSystem(volume, host.systemDrive);
  const all = parameters.flags.has('all');
  if (!all && (letter === undefined || letter !== volume.letter)) {
    // Our text.
    throw new DiskPartFailure(['The selected volume has no such drive letter.'], 4);
  }
  if (volume.letter !== undefined) await host.removeLetter(volume.number);
  if (parameters.flags.has('dismount')) await host.setVolumeOnline(volume.number, false);
  // Seen on real Windows.
  say('DiskPart successfully removed the drive letter or mount point.');
};
