import { type Hive, type ParseHiveOptions, parseHive } from '../../disk/regf';
import { type HiveStorage, logsForHive, saveHive } from '../hive-files';
import type { FileAccess } from './file-access';

/** Hives by their Windows paths. */
function hiveStorage(files: FileAccess): HiveStorage {
  return {
    async read(path) {
      const facts = await files.stat(path);
      return facts === undefined || facts.folder ? undefined : files.read(path);
    },
    patch: (patches) => files.patch(patches),
    replace: (path, bytes) => files.writeAtomically(path, bytes),
  };
}

/** A hive file with what `parseHive` needs of the logs beside it. */
export interface HiveFile {
  readonly bytes: Uint8Array;
  readonly logs: readonly Uint8Array[];
}

/** @throws WindowsError when the file cannot be read */
export async function readHiveBytes(files: FileAccess, path: string): Promise<HiveFile> {
  const bytes = await files.read(path);
  return { bytes, logs: await logsForHive(hiveStorage(files), path, bytes) };
}

/**
 * Opens a hive file as Windows does: a dirty one is recovered with its logs, in memory.
 *
 * @throws WindowsError when the file cannot be read, HiveFormatError when it is no hive
 */
export async function readHiveFile(
  files: FileAccess,
  path: string,
  options: Omit<ParseHiveOptions, 'logs'> = {},
): Promise<Hive> {
  const { bytes, logs } = await readHiveBytes(files, path);
  return parseHive(bytes, { ...options, logs });
}

/**
 * Writes a hive over its file, or makes that; see saveHive.
 *
 * @throws WindowsError when a file cannot be written
 */
export function writeHiveFile(files: FileAccess, path: string, hive: Hive): Promise<void> {
  return saveHive(hiveStorage(files), path, hive);
}
