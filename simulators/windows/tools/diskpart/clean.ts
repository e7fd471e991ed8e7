import { cleanDisk } from '../../disk-tables';
import type { Command } from './command';
import { editDisk } from './disk-image';
import { serviceFailure } from './failure';
import { focusedDisk } from './focus';
import { parseParameters } from './parameters';

/** As much as is written at a time by `clean all`. */
const CHUNK = 8 * 2 ** 20;

/** `clean`, `clean all`: no table is left; with `all` nothing at all is. */
export const clean: Command = async ({ host, focus, say }, words) => {
  const disk = await focusedDisk(host, focus);
  const { flags } = parseParameters(words, { flags: ['all'] });
  if (disk.bootDisk) {
    // vdserr.h of the Windows SDK, VDS_E_CLEAN_WITH_CRITICAL; seen on real Windows.
    throw serviceFailure(
      'Clean is not allowed on the disk containing the current boot,\nsystem, pagefile, crashdump or hibernation volume.',
    );
  }
  await editDisk(host, disk, cleanDisk);
  focus.partition = undefined;
  focus.volume = undefined;
  if (flags.has('all')) {
    for (let offsetBytes = 0; offsetBytes < disk.sizeBytes; offsetBytes += CHUNK) {
      const bytes = new Uint8Array(Math.min(CHUNK, disk.sizeBytes - offsetBytes));
      await host.writeDisk(disk.number, [{ offsetBytes, bytes }]);
    }
  }
  // Seen on real Windows.
  say('DiskPart succeeded in cleaning the disk.');
};
