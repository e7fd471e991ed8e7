import { DiskFormatError } from '../../disk/bytes';
import { dirtyFlagPatches, readNtfs } from '../../disk/ntfs';
import { onVolume } from '../codec-on-host';
import type { Program } from '../shell';
import { WindowsHostError } from '../windows-host';
import { findVolume } from './volumes';

/** Our words. */
const helpText = [
  'fsutil dirty query volume   tells whether a volume is dirty',
  'fsutil dirty set volume     marks it as dirty',
  '',
].join('\r\n');

/** Commands of the real fsutil that are deliberately not here. */
const absent: ReadonlySet<string> = new Set(
  '8dot3name behavior file fsinfo hardlink objectid quota repair reparsepoint resource sparse storagereserve tiering transaction usn volume wim'.split(
    ' ',
  ),
);

/** `fsutil dirty query X:` and `set`, of all its commands: those of repair guides. Text of the answers: general knowledge. */
export const fsutil: Program = async ({ host, args, output }) => {
  const [command, action, name, more] = args.map((word) => word.toLowerCase());
  if (command !== undefined && absent.has(command)) {
    // Our text.
    output.write(`FSUTIL ${command.toUpperCase()} is not part of the stand-in.\r\n`);
    return 1;
  }
  const known = command === 'dirty' && (action === 'query' || action === 'set');
  if (!known || name === undefined || more !== undefined) {
    output.write(helpText);
    return command === undefined ? 0 : 1;
  }
  const volume = await findVolume(host, name);
  if (!volume) {
    output.write('Error:  The system cannot find the path specified.\r\n');
    return 1;
  }
  try {
    const shown = volume.letter === undefined ? args[2] : `${volume.letter}:`;
    if (action === 'set') {
      await host.writeVolume(
        volume.number,
        await onVolume(host, volume, (reader) => dirtyFlagPatches(reader, true)),
      );
      output.write(`Volume - ${shown} is now marked dirty\r\n`);
      return 0;
    }
    const dirty = await onVolume(host, volume, (reader) => readNtfs(reader).dirty);
    output.write(`Volume - ${shown} is ${dirty ? 'Dirty' : 'NOT Dirty'}\r\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof DiskFormatError) && !(error instanceof WindowsHostError)) throw error;
    output.write('Error:  The volume does not contain a recognized file system.\r\n');
    return 1;
  }
};
