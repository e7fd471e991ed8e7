/**
 * `\Windows\System32\winload.exe` (or `.efi`) of the stand-in, run from the volume that the boot manager found.
 */
import * as std from 'quickjs-std';
import { type BootEra, failureScreen } from '../boot-manager';
import { loadSystem } from './load-system';
import { showScreen } from './screen';

const [mountPoint = '/win/C', systemRoot = '\\Windows', era = 'windows-6.1'] = scriptArguments();

const failure = loadSystem(mountPoint, systemRoot, era as BootEra);
if (failure) {
  showScreen(failureScreen(failure));
}
std.exit(failure ? 1 : 0);

function scriptArguments(): string[] {
  return (globalThis as unknown as { scriptArgs: string[] }).scriptArgs.slice(1);
}
