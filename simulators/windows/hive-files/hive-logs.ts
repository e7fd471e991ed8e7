import { HIVE_LOG_SUFFIXES, isCleanHive } from '../../disk/regf';
import type { HiveStorage } from './hive-storage';

export interface HiveLog {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The transaction logs beside a hive that hold something. */
export async function readHiveLogs(storage: Pick<HiveStorage, 'read'>, path: string): Promise<HiveLog[]> {
  const logs: HiveLog[] = [];
  for (const suffix of HIVE_LOG_SUFFIXES) {
    const bytes = await storage.read(`${path}${suffix}`);
    if (bytes !== undefined && bytes.length > 0) logs.push({ path: `${path}${suffix}`, bytes });
  }
  return logs;
}

/** What `parseHive` needs of the logs beside a hive with these bytes: nothing where it was closed. */
export async function logsForHive(
  storage: Pick<HiveStorage, 'read'>,
  path: string,
  hive: Uint8Array,
): Promise<Uint8Array[]> {
  if (isCleanHive(hive)) return [];
  return (await readHiveLogs(storage, path)).map(({ bytes }) => bytes);
}

/**
 * The log for a hive that has none yet. A boot store is logged in `BCD.LOG`, with an empty `.LOG1` and `.LOG2` beside it
 * (listings of Windows Vista and 7 machines from ntfs-3g, 2008 and 2009); other hives since Vista in `.LOG1`.
 */
export function firstLogOf(path: string): string {
  return `${path}${/(?:^|[\\/])bcd$/i.test(path) ? '.LOG' : '.LOG1'}`;
}
