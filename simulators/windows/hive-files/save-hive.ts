import {
  fileTimeFromUnix,
  type Hive,
  HiveFormatError,
  type HiveWriteStep,
  planHiveWrite,
} from '../../disk/regf';
import { firstLogOf, type HiveLog, readHiveLogs } from './hive-logs';
import type { HiveStorage } from './hive-storage';

/**
 * Writes a hive over the file that it was read from, in place and through a log, as Windows does: a power cut at any point
 * leaves the old or the new hive, for whoever reads it with its logs. Only pages that differ are written. A file that is
 * not there yet, or is no hive, is replaced as a whole: there is nothing to fall back to.
 */
export async function saveHive(storage: HiveStorage, path: string, hive: Hive): Promise<void> {
  const before = await storage.read(path);
  const logs = before ? await readHiveLogs(storage, path) : [];
  const steps = before && plan(before, hive, logs);
  if (steps === undefined) {
    await storage.replace(path, hive.serialize());
    return;
  }
  const paths = logs.length > 0 ? logs.map((log) => log.path) : [firstLogOf(path)];
  const pathOf = (file: HiveWriteStep['file']): string => (file === 'hive' ? path : paths[file]!);
  await storage.patch(steps.map(({ file, pieces }) => ({ path: pathOf(file), pieces })));
}

function plan(
  before: Uint8Array,
  hive: Hive,
  logs: readonly HiveLog[],
): readonly HiveWriteStep[] | undefined {
  try {
    return planHiveWrite(before, hive, {
      logs: logs.map(({ bytes }) => bytes),
      now: fileTimeFromUnix(Date.now()),
    });
  } catch (error) {
    if (error instanceof HiveFormatError) return undefined;
    throw error;
  }
}
