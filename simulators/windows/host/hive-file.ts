import { readFile } from 'node:fs/promises';
import { type Hive, parseHive } from '../../disk/regf';
import { localHiveStorage, logsForHive } from '../hive-files';

/**
 * Opens a hive of a mounted Windows with the logs beside it, which recover a dirty one in memory.
 * @throws Error where the file cannot be read, HiveFormatError where it is no hive
 */
export async function openHiveFile(path: string): Promise<Hive> {
  const bytes = new Uint8Array(await readFile(path));
  return parseHive(bytes, { logs: await logsForHive(localHiveStorage, path, bytes) });
}
