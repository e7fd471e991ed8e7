import { BcdFormatError, BcdStore } from '../../../disk/bcd';
import { fileTimeFromUnix, HiveFormatError } from '../../../disk/regf';
import { newGuid } from '../../random';
import { type FileAccess, readHiveBytes, WindowsError, writeHiveFile } from '../../shell';
import type { VolumeView, WindowsHost } from '../../windows-host';
import { failures } from './failure';

/** A store that was opened: its contents, where it lies, and what its devices are resolved against. */
export interface OpenStore {
  readonly store: BcdStore;
  readonly path: string;
  /** The store that the running system was started from, where `{current}` means something. */
  readonly system: boolean;
  readonly volumes: readonly VolumeView[];
  readonly systemDrive: string;
}

/** Stamps the keys that a command changes. */
export const storeClock = (): bigint => fileTimeFromUnix(Date.now());

/** A new entry's id: a random GUID in braces. */
export const newEntryId = (): string => `{${newGuid()}}`;

const storePaths = ['Boot\\BCD', 'EFI\\Microsoft\\Boot\\BCD'];

/** The system store: on the volume marked System, else on the running system's own; BIOS place first, then UEFI. */
async function findSystemStore(host: WindowsHost, files: FileAccess): Promise<string | undefined> {
  const volumes = await host.volumes();
  const candidates = [
    ...volumes.filter(({ info }) => info === 'System'),
    ...volumes.filter(({ letter }) => letter === host.systemDrive),
  ];
  for (const { devicePath } of candidates) {
    for (const path of storePaths) {
      const found = await files.stat(`${devicePath}\\${path}`).catch(() => undefined);
      if (found && !found.folder) return `${devicePath}\\${path}`;
    }
  }
  return undefined;
}

/**
 * Opens a store by its absolute path, or the system store where none is given.
 * @throws BcdEditFailure when it is not there or is no store.
 */
export async function openStore(
  host: WindowsHost,
  files: FileAccess,
  given: string | undefined,
): Promise<OpenStore> {
  const path = given ?? (await findSystemStore(host, files));
  // Seen on real Windows where a system has no store of its own.
  if (path === undefined) throw failures.storeNotOpened('The requested system device cannot be found.');
  const volumes = await host.volumes();
  return {
    store: await readStore(files, path),
    path,
    system: given === undefined,
    volumes,
    systemDrive: host.systemDrive,
  };
}

async function readStore(files: FileAccess, path: string): Promise<BcdStore> {
  try {
    const { bytes, logs } = await readHiveBytes(files, path);
    return BcdStore.parse(bytes, { clock: storeClock, logs });
  } catch (error) {
    if (error instanceof WindowsError) throw failures.storeNotOpened(error.message, error);
    if (error instanceof HiveFormatError || error instanceof BcdFormatError) {
      // Windows' text for a bad registry file (ERROR_BADDB); that bcdedit shows it is general knowledge.
      throw failures.storeNotOpened('The configuration registry database is corrupt.', error);
    }
    throw error;
  }
}

/** Writes the changed store back, old or new as a whole. */
export async function saveStore(files: FileAccess, { store, path }: OpenStore): Promise<void> {
  try {
    await writeHiveFile(files, path, store.hive);
  } catch (error) {
    if (error instanceof WindowsError) throw failures.storeNotWritten(error.message, error);
    throw error;
  }
}
