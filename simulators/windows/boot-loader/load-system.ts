import { HIVE_LOG_SUFFIXES, parseHive } from '../../disk/regf';
import { type BootEra, type BootFailure, missingSystemFile } from '../boot-manager';
import { findFile, readFile, run } from './files';

/** The loaded system: Debian's programs as the kernel, ours as the hardware abstraction layer. Names are our choice. */
const layers: readonly (readonly [file: string, directory: string])[] = [
  ['system32\\ntoskrnl.exe', '/base'],
  ['system32\\hal.dll', '/layer'],
];

/**
 * Opens the hives of an installation and puts the kernel's userland together from files of its volume. Returns why that
 * cannot be; nothing else of it was started then.
 */
export function loadSystem(mountPoint: string, systemRoot: string, era: BootEra): BootFailure | undefined {
  const find = (path: string) => findFile(mountPoint, `${systemRoot}\\${path}`);
  return missingSystemFile(era, systemRoot, {
    exists: (path) => {
      const layer = layers.find(([file]) => file === path);
      const file = find(path);
      if (layer === undefined || file === undefined) return file !== undefined;
      return run('mount', '-t', 'squashfs', '-o', 'loop,ro', file, layer[1]);
    },
    opens: (path) => opensHive(find(path), (suffix) => find(`${path}${suffix}`)),
  });
}

/** The logs beside a hive recover one that was not closed, before it is known to be one. */
function opensHive(file: string | undefined, log: (suffix: string) => string | undefined): boolean {
  const bytes = file === undefined ? undefined : readFile(file);
  if (bytes === undefined) return false;
  try {
    const logs = HIVE_LOG_SUFFIXES.flatMap((suffix) => {
      const path = log(suffix);
      return path === undefined ? [] : (readFile(path) ?? []);
    });
    parseHive(bytes, { logs });
    return true;
  } catch {
    return false;
  }
}
