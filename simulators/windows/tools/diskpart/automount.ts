import { autoMounts, forgetAbsentVolumes, setAutoMount } from '../system-hives';
import type { Command } from './command';
import { InvalidArguments, serviceFailure } from './failure';

/** `automount`, `automount enable`, `automount disable`, `automount scrub`. */
export const automount: Command = async ({ host, files, say }, words) => {
  const [word, ...more] = words.map((one) => one.toLowerCase());
  if (more.length > 0) throw new InvalidArguments();
  if (word === 'scrub') {
    if (!(await forgetAbsentVolumes(host, files, await host.volumes()))) throw noHive();
    // General knowledge.
    return say('DiskPart successfully scrubbed the mount point settings in the system.');
  }
  if (word !== undefined && word !== 'enable' && word !== 'disable') throw new InvalidArguments();
  if (word !== undefined && !(await setAutoMount(host, files, word === 'enable'))) throw noHive();
  const on = word === undefined ? await autoMounts(host, files) : word === 'enable';
  // Both sentences are in programs that read diskpart's output.
  say(`Automatic mounting of new volumes ${on ? 'enabled' : 'disabled'}.`);
};

// vdserr.h of the Windows SDK, VDS_E_ACCESS_DENIED.
const noHive = () => serviceFailure('Access is denied.');
