import { BcdFormatError, BcdStore } from '../../../disk/bcd';
import { HiveFormatError } from '../../../disk/regf';
import { type FileAccess, readHiveBytes, WindowsError } from '../../shell';
import { failures } from './failure';
import { type OpenStore, saveStore, storeClock } from './store-file';

/** `/export file`: a copy of the store. */
export async function exportStore(open: OpenStore, files: FileAccess, path: string): Promise<void> {
  try {
    await files.writeAtomically(path, open.store.serialize());
  } catch (error) {
    if (error instanceof WindowsError) throw failures.exportFailed(error.message, error);
    throw error;
  }
}

/** `/import file`: the store becomes what the file holds. */
export async function importStore(open: OpenStore, files: FileAccess, path: string): Promise<void> {
  let store: BcdStore;
  try {
    const { bytes, logs } = await readHiveBytes(files, path);
    store = BcdStore.parse(bytes, { clock: storeClock, logs });
  } catch (error) {
    if (error instanceof WindowsError) throw failures.importFailed(error.message, error);
    if (error instanceof HiveFormatError || error instanceof BcdFormatError) {
      throw failures.importFailed('The configuration registry database is corrupt.', error);
    }
    throw error;
  }
  await saveStore(files, { ...open, store });
}

/** `/createstore file`: an empty store, which is no system store. A file that is there already stays. */
export async function createStore(files: FileAccess, path: string): Promise<void> {
  try {
    if (await files.stat(path)) throw new WindowsError(80);
    const store = BcdStore.create({ clock: storeClock, fileName: `\\??\\${path}` });
    await files.writeAtomically(path, store.serialize());
  } catch (error) {
    if (error instanceof WindowsError) throw failures.storeNotCreated(error.message, error);
    throw error;
  }
}
