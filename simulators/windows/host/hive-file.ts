import { readFile } from 'node:fs/promises';
import { HIVE_LOG_SUFFIXES, type Hive, parseHive } from '../../disk/regf';

/**
 * Opens a hive of a mounted Windows with the logs beside it, which recover a dirty one in memory.
 * @throws Error where the file cannot be read, HiveFormatError where it is no hive
 */
export async function openHiveFile(path: string): Promise<Hive> {
  const bytes = new Uint8Array(await readFile(path));
  const logs: Uint8Array[] = [];
  for (const suffix of HIVE_LOG_SUFFIXES) {
    const log = await readIfThere(`${path}${suffix}`);
    if (log) logs.push(log);
  }
  return parseHive(bytes, { logs });
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
