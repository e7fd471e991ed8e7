import * as os from 'quickjs-os';
import { writeFile } from './files';

/** Words for the userland, as those of the kernel's command line; /run goes along into it. */
const LOAD_OPTIONS = '/run/standin/load-options';

/**
 * Hands an advanced option over to the system that is started. Answers what the boot manager says of it beside the
 * entry's name.
 */
export function handOverOption(option: string | undefined): string {
  if (option === undefined) return '';
  if (!option.startsWith('Last Known Good Configuration'))
    return `, as normal: the stand-in has no "${option}"`;
  os.mkdir('/run/standin', 0o755);
  writeFile(
    LOAD_OPTIONS,
    Uint8Array.from('standin.controlset=last-known-good', (letter) => letter.charCodeAt(0)),
  );
  return `, with "${option}"`;
}
