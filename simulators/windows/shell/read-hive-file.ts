import { HIVE_LOG_SUFFIXES, type Hive, type ParseHiveOptions, parseHive } from '../../disk/regf';
import type { FileAccess } from './file-access';

/** The transaction logs beside a hive file, as `parseHive` takes them. */
export async function readHiveLogs(files: FileAccess, path: string): Promise<Uint8Array[]> {
  const logs: Uint8Array[] = [];
  for (const suffix of HIVE_LOG_SUFFIXES) {
    const facts = await files.stat(`${path}${suffix}`);
    if (facts !== undefined && !facts.folder && facts.sizeBytes > 0)
      logs.push(await files.read(`${path}${suffix}`));
  }
  return logs;
}

/**
 * Opens a hive file as Windows does: a dirty one is recovered with its logs, in memory. A write through
 * `writeAtomically` makes it a clean one, whose logs nobody looks at.
 *
 * @throws WindowsError when the file cannot be read, HiveFormatError when it is no hive
 */
export async function readHiveFile(
  files: FileAccess,
  path: string,
  options: Omit<ParseHiveOptions, 'logs'> = {},
): Promise<Hive> {
  const bytes = await files.read(path);
  return parseHive(bytes, { ...options, logs: await readHiveLogs(files, path) });
}
