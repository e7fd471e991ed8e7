import {
  BcdFormatError,
  type BcdObject,
  BcdObjectType,
  BcdStore,
  type BootFirmware,
  LIBRARY_ELEMENTS,
  OS_LOADER_ELEMENTS,
} from '../../../disk/bcd';
import { fileTimeFromUnix, HiveFormatError } from '../../../disk/regf';
import { newGuid } from '../../random';
import { type FileAccess, readHiveBytes, writeHiveFile } from '../../shell';
import type { VolumeView } from '../../windows-host';
import { volumeOfDevice } from '../volumes';

/** Stamps the keys that a tool changes. */
export const storeClock = (): bigint => fileTimeFromUnix(Date.now());

/** A new entry's id: a random GUID in braces. */
export const newEntryId = (): string => `{${newGuid()}}`;

/** Folder of the boot files on the system volume, with backslashes around it. */
export const bootFolder = (firmware: BootFirmware): string =>
  firmware === 'UEFI' ? '\\EFI\\Microsoft\\Boot\\' : '\\Boot\\';

/** Full path of the store on a system volume. */
export const storePath = (volume: VolumeView, firmware: BootFirmware): string =>
  `${volume.devicePath}${bootFolder(firmware)}BCD`;

/** The store in a file; undefined where there is none, or one that cannot be read. */
export async function readStore(files: FileAccess, path: string): Promise<BcdStore | undefined> {
  const found = await readHiveBytes(files, path).catch(() => undefined);
  if (found === undefined) return undefined;
  try {
    return BcdStore.parse(found.bytes, { clock: storeClock, logs: found.logs });
  } catch (error) {
    if (error instanceof HiveFormatError || error instanceof BcdFormatError) return undefined;
    throw error;
  }
}

/** Writes the store with its folder, old or new as a whole. */
export async function writeStore(files: FileAccess, path: string, store: BcdStore): Promise<void> {
  await makeFolder(files, path.slice(0, path.lastIndexOf('\\')));
  await writeHiveFile(files, path, store.hive);
}

/** Makes a folder where there is none. */
export async function makeFolder(files: FileAccess, path: string): Promise<void> {
  const found = await files.stat(path);
  if (!found) await files.makeFolder(path);
}

/**
 * The loader entries that start the installation on a volume: `device` and `osdevice` both lead there. `boot` leads to the
 * system volume; `locate` finds whatever is there (our choice: it counts).
 */
export function entriesOf(
  store: BcdStore,
  volume: VolumeView,
  systemVolume: VolumeView,
): readonly BcdObject[] {
  const leads = (object: BcdObject, code: number): boolean => {
    const device = object.getDevice(code);
    if (device?.kind === 'boot') return volume.number === systemVolume.number;
    if (device?.kind === 'partition') return volumeOfDevice(device, [volume]) !== undefined;
    return device?.kind === 'locate';
  };
  return store
    .objects()
    .filter(
      (object) =>
        object.type === BcdObjectType.osLoader &&
        leads(object, LIBRARY_ELEMENTS.device) &&
        leads(object, OS_LOADER_ELEMENTS.osdevice),
    );
}
