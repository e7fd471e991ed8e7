import { aliasOfId, type BcdObject, BcdObjectType, OS_LOADER_ELEMENTS } from '../../../disk/bcd';
import { volumeOfDevice } from '../volumes';
import { failures } from './failure';
import type { OpenStore } from './store-file';

/** Id of the entry that the running system was started from: the loader whose `osdevice` is the system drive. */
function currentId({ store, system, volumes, systemDrive }: OpenStore): string | undefined {
  if (!system) return undefined;
  const isCurrent = (object: BcdObject): boolean => {
    // In a resume entry the same code is the place of the hibernation file.
    if (object.type !== BcdObjectType.osLoader) return false;
    const device = object.getDevice(OS_LOADER_ELEMENTS.osdevice);
    return device?.kind === 'partition' && volumeOfDevice(device, volumes)?.letter === systemDrive;
  };
  const first = store.defaultId === undefined ? undefined : store.object(store.defaultId);
  return [...(first ? [first] : []), ...store.objects()].find(isCurrent)?.id;
}

/** How a listing shows ids: by alias, as `{current}` or `{default}`, or as they are. The store stays as it is meanwhile. */
export function identifierTexts(open: OpenStore, verbose: boolean): (id: string) => string {
  if (verbose) return (id) => id;
  const current = currentId(open);
  const { defaultId } = open.store;
  return (id) => aliasOfId(id) ?? (id === current ? '{current}' : id === defaultId ? '{default}' : id);
}

/** Whether an argument stands for an entry: `{...}`. */
export function isIdentifier(word: string | undefined): word is string {
  return word?.startsWith('{') ?? false;
}

const findId = (open: OpenStore, identifier: string): string | undefined =>
  identifier.toLowerCase() === '{current}' ? currentId(open) : open.store.resolveIdentifier(identifier);

/** The entry of an identifier, where the store has it. */
export function findEntry(open: OpenStore, identifier: string): BcdObject | undefined {
  const id = findId(open, identifier);
  return id === undefined ? undefined : open.store.object(id);
}

/** Id of an alias, `{current}`, `{default}` or GUID. @throws BcdEditFailure for anything else. */
export function resolveId(open: OpenStore, identifier: string): string {
  const id = findId(open, identifier);
  if (id === undefined) throw failures.entryNotReferenced();
  return id;
}

/** The entry of an identifier. @throws BcdEditFailure when the store has none. */
export function resolveEntry(open: OpenStore, identifier: string): BcdObject {
  const object = open.store.object(resolveId(open, identifier));
  if (!object) throw failures.entryNotReferenced();
  return object;
}

/** The entry that a command means when it names none: `{current}`, in another store `{default}` (our choice). */
export const impliedEntry = ({ system }: OpenStore): string => (system ? '{current}' : '{default}');
