import {
  type BcdObject,
  BcdStore,
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
import { applyTemplate, copySettings } from './template';

/**
 * The store with an entry for the installation, all devices fully qualified. Older entries of the same partition go, with
 * their resume entries. The new one leads the menu and is the default, unless the options say otherwise.
 * @param existing the store that is there and can be read.
 * @param template what a new store takes its settings from.
 */
export function updateStore(
  existing: BcdStore | undefined,
  entry: NewEntry,
  options: BcdBootOptions,
  template: BcdStore | undefined,
): BcdStore {
  const { merge } = options;
  // Without a store there is no default entry either, and nothing to keep.
  const nothing = merge === undefined || (existing === undefined && merge === '{default}');
  const kept = nothing ? undefined : (existing?.object(merge) ?? missing(merge));
  const keeper = kept && BcdStore.create().createObject(kept.id, kept.type);
  // What is kept may belong to the entry that is replaced.
  if (kept) keeper?.copyElements(kept);
  const whole = existing?.bootManager !== undefined && !options.clean;
  const store = whole ? existing : newStore(entry);
  if (!whole && template) applyTemplate(store, template, entry.firmware);
  const loader = whole ? replaceEntry(store, entry, options) : store.object('{default}');
  if (keeper && loader) copySettings(keeper, loader);
  return store;
}

function replaceEntry(store: BcdStore, entry: NewEntry, options: BcdBootOptions): BcdObject {
  const order = store.bootManager?.getObjects(BOOT.displayorder) ?? [];
  const { defaultId } = store;
  // An entry that finds its partition by a file is none of this partition for sure.
  const old = entriesOf(store, entry.windowsVolume, entry.systemVolume).filter(
    (object) => object.getDevice(LOADER.osdevice)?.kind !== 'locate',
  );
  const place = old.map(({ id }) => order.indexOf(id)).find((index) => index >= 0);
  for (const object of old) {
    store.deleteObject(object.id);
    const resume = object.getObject(LOADER.resumeobject);
    const isUsed = store.objects().some((other) => other.getObject(LOADER.resumeobject) === resume);
    if (resume !== undefined && !isUsed) store.deleteObject(resume);
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
