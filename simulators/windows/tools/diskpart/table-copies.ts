import { DiskFormatError } from '../../../disk/bytes';
import { repairGpt } from '../../../disk/gpt';
import { readMember, repairCopies } from '../../../disk/ldm';
import type { Patch, SectorReader } from '../../../disk/mbr';
import { onDisk } from '../../codec-on-host';
import type { DiskView, WindowsHost } from '../../windows-host';
import type { Command } from './command';
import { DiskPartFailure } from './failure';
import { focusedDisk } from './focus';
import { requireNoWords } from './parameters';

export const rescan: Command = async ({ host, say }, words) => {
  requireNoWords(words);
  say('Please wait while DiskPart scans your configuration...');
  await host.rescan();
  for (const disk of await host.disks()) if (disk.style === 'gpt') await mend(host, disk, repairGpt);
  // Seen on real Windows; the line before it is general knowledge.
  say('DiskPart has finished scanning your configuration.');
};

/**
 * `recover`: what Microsoft documents is the refreshed state of all disks of the group; here damaged and outdated copies of
 * their metadata are written anew from the newest sound one. Mirrors are rebuilt by the host, without being asked.
 */
export const recover: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const disk = await focusedDisk(host, focus);
  if (!disk.dynamic || disk.status === 'Foreign') {
    // Our text.
    throw new DiskPartFailure(
      [
        'The selected disk does not belong to a disk group of this system.',
        'Please select another disk and try again.',
      ],
      4,
    );
  }
  for (const one of await host.disks()) if (one.dynamic) await mend(host, one, repairMember);
  await host.rescan();
  // Our text.
  say('DiskPart successfully recovered the disk group of the selected disk.');
};

function repairMember(reader: SectorReader): Patch[] {
  const member = readMember(reader);
  return member ? repairCopies(reader, member) : [];
}

/** Writes what is to be mended of a disk that this system may write. One that is too damaged stays as it is. */
async function mend(
  host: WindowsHost,
  disk: DiskView,
  repair: (reader: SectorReader) => Patch[],
): Promise<void> {
  if (disk.readOnly || disk.status === 'Offline' || disk.status === 'Foreign') return;
  try {
    const patches = await onDisk(host, disk, repair);
    if (patches.length > 0) await host.writeDisk(disk.number, patches);
  } catch (error) {
    if (!(error instanceof DiskFormatError)) throw error;
  }
}
