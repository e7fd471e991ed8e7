import { BcdStore, elementName } from '../../disk/bcd';
import { type FileAccess, type HiveFile, readHiveBytes, WindowsError } from '../shell';
import { deviceText } from '../tools/bcdedit';
import type { VolumeView } from '../windows-host';
import { explainDevice } from './explain-device';
import { volumeName } from './inspect-volumes';
import type { InspectedDisk } from './inspected-disk';
import type { EntryReport, StoreReport } from './inspection';

const PLACES = ['\\Boot\\BCD', '\\EFI\\Microsoft\\Boot\\BCD'];

/** The boot configuration of every volume that has one, with each device resolved against the disks. */
export async function inspectStores(
  files: FileAccess,
  disks: readonly InspectedDisk[],
  volumes: readonly VolumeView[],
): Promise<StoreReport[]> {
  const found: StoreReport[] = [];
  for (const volume of volumes) {
    if (volume.mountPoint === undefined) continue;
    for (const place of PLACES) {
      const file = await readStoreIfThere(files, `${volume.devicePath}${place}`);
      if (file === undefined) continue;
      const path = `${volumeName(volume)}${place}`;
      found.push(inspectStore(path, file, disks, volumes));
    }
  }
  return found;
}

/** A store's file with its logs, or undefined where it is not there or cannot be read. */
export async function readStoreIfThere(files: FileAccess, path: string): Promise<HiveFile | undefined> {
  try {
    return await readHiveBytes(files, path);
  } catch (error) {
    if (error instanceof WindowsError) return undefined;
    throw error;
  }
}

function inspectStore(
  path: string,
  { bytes, logs }: HiveFile,
  disks: readonly InspectedDisk[],
  volumes: readonly VolumeView[],
): StoreReport {
  let store: BcdStore;
  try {
    store = BcdStore.parse(bytes, { logs });
  } catch (error) {
    return { path, entries: [], damage: (error as Error).message };
  }
  const entries = store.objects().map((object): EntryReport => {
    const devices = object.elements().flatMap(({ code, value }) => {
      if (value.kind !== 'device') return [];
      const text = deviceText(value.device, volumes, (id) => store.displayIdentifier(id));
      const element = elementName(object.type, code) ?? code.toString(16).padStart(8, '0');
      return [{ element, text, ...explainDevice(value.device, disks, volumes) }];
    });
    return {
      identifier: store.displayIdentifier(object.id),
      description: object.getString(0x12000004),
      isDefault: object.id === store.defaultId,
      devices,
    };
  });
  return { path, entries: entries.filter(({ devices }) => devices.length > 0), damage: undefined };
}
