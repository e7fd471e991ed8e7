import { parseHive } from '../../disk/regf';
import { type BootEra, type BootFailure, missingSystemFile } from '../boot-manager';
import { findFile, readFile, readLogs } from './files';
import { mountLayer } from './mount-layer';

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
      const layer = layers.findIndex(([file]) => file === path);
      const file = find(path);
      if (layer === -1 || file === undefined) return file !== undefined;
      return mountLayer(mountPoint, file, layers[layer]![1], layer);
    },
    opens: (path) => {
      const hive = readFile(find(path) ?? '');
      return hive !== undefined && isHive(hive, readLogs(mountPoint, `${systemRoot}\\${path}`, hive));
    },
  });
}

/** The logs recover a hive that was not closed, before it is known to be one. */
function isHive(bytes: Uint8Array, logs: readonly Uint8Array[]): boolean {
  try {
    parseHive(bytes, { logs });
    return true;
  } catch {
    return false;
  }
}
