import { fileTimeFromUnix, type Hive } from '../../../disk/regf';
import { type FileAccess, readHiveFile as openHiveFile, writeHiveFile } from '../../shell';
import type { WindowsHost } from '../../windows-host';

/** What opening hives needs of a program's context. */
export interface HiveContext {
  readonly host: WindowsHost;
  readonly files: FileAccess;
}

/** Hives of the running system, by their file names in `System32\config`. */
export type SystemHiveName = 'SYSTEM' | 'SOFTWARE' | 'SAM' | 'SECURITY' | 'DEFAULT';

/** Changes under way, by file: two sessions that change one hive must not undo each other's work. */
const queues = new WeakMap<WindowsHost, Map<string, Promise<unknown>>>();

/** Path of a hive of the running system. */
export function systemHiveFile(host: WindowsHost, name: SystemHiveName): string {
  return `${host.systemDrive}:\\Windows\\System32\\config\\${name}`;
}

/** FILETIME of now, by the clock of the machine that the tools run on. */
export function now(): bigint {
  return fileTimeFromUnix(Date.now());
}

/** Throws a WindowsError for a file that cannot be read, a DiskFormatError for one that is no hive. */
export function readHiveFile({ files }: HiveContext, path: string): Promise<Hive> {
  return openHiveFile(files, path, { clock: now });
}

/**
 * Reads a hive, changes it and writes it, one change of a file after the other. Returns what `change` does. A
 * change that throws writes nothing.
 */
export async function changeHiveFile<T>(
  context: HiveContext,
  path: string,
  change: (hive: Hive) => T | Promise<T>,
  create?: () => Hive,
): Promise<T> {
  const { host, files } = context;
  const queue = queues.get(host) ?? new Map<string, Promise<unknown>>();
  queues.set(host, queue);
  const name = path.toLowerCase();
  const work = async (): Promise<T> => {
    const missing = create !== undefined && (await files.stat(path)) === undefined;
    const hive = missing ? create() : await readHiveFile(context, path);
    const result = await change(hive);
    await writeHiveFile(files, path, hive);
    return result;
  };
  const done = (queue.get(name) ?? Promise.resolve()).then(work, work);
  queue.set(
    name,
    done.catch(() => undefined),
  );
  return done;
}

export function readSystemHive(context: HiveContext, name: SystemHiveName): Promise<Hive> {
  return readHiveFile(context, systemHiveFile(context.host, name));
}

/** As changeHiveFile, for a hive of the running system. */
export function changeSystemHive<T>(
  context: HiveContext,
  name: SystemHiveName,
  change: (hive: Hive) => T | Promise<T>,
): Promise<T> {
  return changeHiveFile(context, systemHiveFile(context.host, name), change);
}
