/**
 * `\Windows\System32\winload.exe` of the stand-in, run from the volume that the boot manager found: opens the SYSTEM
 * hive and puts the kernel's userland together from files of that volume.
 */
import * as std from 'quickjs-std';
import { parseHive } from '../../disk/regf';
import { type BootEra, type BootFailure, bootManagerFailure, renderFailureScreen } from '../boot-manager';
import { findFile, readFile, readLogs, run } from './files';
import { showScreen } from './screen';

/** The loaded system: Debian's programs as the kernel, ours as the hardware abstraction layer. Names are our choice. */
const layers = [
  { file: 'system32\\ntoskrnl.exe', directory: '/base' },
  { file: 'system32\\hal.dll', directory: '/layer' },
] as const;

const FILE_MISSING = 0xc000000f;
const REGISTRY_CORRUPT = 0xc000014c;

const [mountPoint = '/win/C', systemRoot = '\\Windows', era = 'windows-6.1'] = scriptArguments();

function load(): BootFailure | undefined {
  const hivePath = `${systemRoot}\\system32\\config\\system`;
  const hive = findFile(mountPoint, hivePath);
  try {
    parseHive(readFile(hive ?? '') ?? new Uint8Array(0), { logs: readLogs(mountPoint, hivePath) });
  } catch {
    return bootManagerFailure(era as BootEra, 'registry-missing', REGISTRY_CORRUPT, hivePath);
  }
  for (const { file, directory } of layers) {
    const path = findFile(mountPoint, `${systemRoot}\\${file}`);
    if (path === undefined || !run('mount', '-t', 'squashfs', '-o', 'loop,ro', path, directory)) {
      return bootManagerFailure(era as BootEra, 'loader-missing', FILE_MISSING, `${systemRoot}\\${file}`);
    }
  }
  return undefined;
}

const failure = load();
if (failure) {
  showScreen(renderFailureScreen(failure));
}
std.exit(failure ? 1 : 0);

function scriptArguments(): string[] {
  return (globalThis as unknown as { scriptArgs: string[] }).scriptArgs.slice(1);
}
