import {
  type BcdObject,
  type BcdStore,
  BOOT_MANAGER_ELEMENTS as BOOT,
  LIBRARY_ELEMENTS as LIBRARY,
  OS_LOADER_ELEMENTS as LOADER,
} from '../../../disk/bcd';
import {
  addEntry,
  BootRepairFailure,
  entriesOf,
  type NewEntry,
  newStore,
  requireDevice,
} from '../boot-repair';
import type { BcdBootOptions } from './options';

/** Elements that name this installation, which no other entry's settings replace. */
const OWN: ReadonlySet<number> = new Set([
  LIBRARY.device,
  LIBRARY.path,
  LIBRARY.description,
  LIBRARY.locale,
  LIBRARY.inherit,
  LOADER.osdevice,
  LOADER.systemroot,
  LOADER.resumeobject,
]);

/**
 * The store with an entry for the installation, all devices fully qualified. Older entries of the same partition go, with
 * their resume entries. The new one leads the menu and is the default, unless the options say otherwise.
 * @param existing the store that is there and can be read.
 */
export function updateStore(
  existing: BcdStore | undefined,
  entry: NewEntry,
  options: BcdBootOptions,
): BcdStore {
  const { merge } = options;
  const kept = merge === undefined ? undefined : (existing?.object(merge) ?? missing(merge));
  const settings = kept?.elements().filter(({ code }) => !OWN.has(code)) ?? [];
  const whole = existing?.bootManager !== undefined && !options.clean;
  const store = whole ? existing : newStore(entry);
  const loader = whole ? replaceEntry(store, entry, options) : store.object('{default}');
  for (const { code, value } of settings) loader?.set(code, value);
  return store;
}

function replaceEntry(store: BcdStore, entry: NewEntry, options: BcdBootOptions): BcdObject {
  const order = store.bootManager?.getObjects(BOOT.displayorder) ?? [];
  const { defaultId } = store;
  const old = entriesOf(store, entry.windowsVolume, entry.systemVolume);
  const place = old.map(({ id }) => order.indexOf(id)).find((index) => index >= 0);
  for (const object of old) {
    const resume = object.getObject(LOADER.resumeobject);
    if (resume !== undefined) store.deleteObject(resume);
    store.deleteObject(object.id);
  }
  const gone = new Set(old.map(({ id }) => id));
  const rest = order.filter((id) => !gone.has(id));
  if (rest.length > 0) store.bootManager?.setObjects(BOOT.displayorder, rest);
  else store.bootManager?.delete(BOOT.displayorder);
  const loader = addEntry(store, entry, options.addLast ? 'last' : 'first');
  const { bootManager } = store;
  if (options.keepPlace && place !== undefined) {
    bootManager?.setObjects(BOOT.displayorder, [...rest.slice(0, place), loader.id, ...rest.slice(place)]);
  }
  const keepsDefault = options.keepDefault && defaultId !== undefined && !gone.has(defaultId);
  if (!keepsDefault) bootManager?.setObject(BOOT.default, loader.id);
  const resume = loader.getObject(LOADER.resumeobject);
  if (!keepsDefault && resume !== undefined) bootManager?.setObject(BOOT.resumeobject, resume);
  const system = requireDevice(entry.systemVolume);
  bootManager?.setDevice(LIBRARY.device, system);
  store.object('{memdiag}')?.setDevice(LIBRARY.device, system);
  return loader;
}

function missing(identifier: string): never {
  // Our text.
  throw new BootRepairFailure([`The store has no entry ${identifier} whose settings could be kept.`]);
}
