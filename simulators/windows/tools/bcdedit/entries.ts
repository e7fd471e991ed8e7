import {
  aliasOfId,
  type BcdObject,
  BOOT_MANAGER_ELEMENTS,
  LIBRARY_ELEMENTS,
  OS_LOADER_ELEMENTS,
  BcdObjectType as Type,
} from '../../../disk/bcd';
import { changeList } from './elements';
import { applications, inheritances, typesOfAliases } from './entry-types';
import { failures } from './failure';
import { findEntry, identifierTexts, isIdentifier, resolveEntry, resolveId } from './identifiers';
import { newEntryId, type OpenStore } from './store-file';

interface Options {
  readonly identifier: string | undefined;
  readonly description: string | undefined;
  readonly type: number | undefined;
}

function parseOptions(command: string, words: readonly string[]): Options {
  let identifier: string | undefined;
  let description: string | undefined;
  let type: number | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const next = words[index + 1];
    switch (word.toLowerCase()) {
      case '/d':
        if (next === undefined) throw failures.commandLine(command);
        description = next;
        index++;
        break;
      case '/device':
        type = Type.deviceOptions;
        break;
      case '/application':
      case '/inherit': {
        const inherits = word.toLowerCase() === '/inherit';
        const named = next !== undefined && !next.startsWith('/');
        type = (inherits ? inheritances : applications)[named ? next.toLowerCase() : ''];
        if (type === undefined) throw failures.commandLine(command);
        if (named) index++;
        break;
      }
      default:
        if (!isIdentifier(word) || identifier !== undefined) throw failures.commandLine(command);
        identifier = word;
    }
  }
  return { identifier, description, type };
}

/** `/create [{id}] [/d text] [/application type | /inherit [type] | /device]`. Returns what it prints. */
export function createEntry(open: OpenStore, words: readonly string[]): string {
  const { identifier, description, type } = parseOptions('create', words);
  const id = identifier === undefined ? newEntryId() : resolveId(open, identifier);
  const known = typesOfAliases[aliasOfId(id) ?? ''];
  const chosen = known ?? type;
  // A well-known entry has its type already (documented).
  if (chosen === undefined || (known !== undefined && type !== undefined)) {
    throw failures.commandLine('create');
  }
  if (open.store.object(id)) throw failures.entryExists();
  const object = open.store.createObject(id, chosen);
  if (description !== undefined) object.setString(LIBRARY_ELEMENTS.description, description);
  // Seen on real Windows.
  return `The entry ${identifierTexts(open, false)(id)} was successfully created.\r\n`;
}

/** `/copy {id} /d text`. Returns what it prints. */
export function copyEntry(open: OpenStore, words: readonly string[]): string {
  const { identifier, description } = parseOptions('copy', words);
  if (identifier === undefined || description === undefined) throw failures.commandLine('copy');
  const source = resolveEntry(open, identifier);
  const copy = open.store.copyObject(source.id, newEntryId());
  copy.setString(LIBRARY_ELEMENTS.description, description);
  // A copy of an entry of the menu joins it as its last item; this and the text are documented by Microsoft.
  const { bootManager } = open.store;
  if (bootManager?.getObjects(BOOT_MANAGER_ELEMENTS.displayorder)?.includes(source.id)) {
    changeList(bootManager, BOOT_MANAGER_ELEMENTS.displayorder, [copy.id], 'last');
  }
  return `The entry was successfully copied to ${copy.id}.\r\n`;
}

/** `/mirror {id}`: a second entry like the first, description and all. Returns what it prints (our text). */
export function mirrorEntry(open: OpenStore, words: readonly string[]): string {
  const [identifier] = words;
  if (!isIdentifier(identifier) || words.length > 1) throw failures.commandLine('mirror');
  const mirror = open.store.copyObject(resolveEntry(open, identifier).id, newEntryId());
  return `The entry was successfully mirrored to ${mirror.id}.\r\n`;
}

/**
 * `/delete {id} [/f] [/cleanup | /nocleanup]`: what refers to the entry forgets it, unless told not to; a loader takes
 * the resume entry along that no other loader uses (both documented by Microsoft).
 */
export function deleteEntry(open: OpenStore, words: readonly string[]): void {
  const [identifier, ...rest] = words;
  const options = new Set(rest.map((word) => word.toLowerCase()));
  if (!isIdentifier(identifier)) throw failures.commandLine('delete');
  for (const option of options) {
    if (!['/f', '/cleanup', '/nocleanup'].includes(option)) throw failures.switch(option);
  }
  const entry = findEntry(open, identifier);
  if (!entry) throw failures.entryNotDeleted();
  if (aliasOfId(entry.id) !== undefined && !options.has('/f')) throw failures.wellKnownEntry();
  const resume = entry.type === Type.osLoader ? entry.getObject(OS_LOADER_ELEMENTS.resumeobject) : undefined;
  open.store.deleteObject(entry.id);
  if (options.has('/nocleanup')) return;
  forget(open, entry.id);
  const isUsed = open.store
    .objects()
    .some((one) => one.type === Type.osLoader && one.getObject(OS_LOADER_ELEMENTS.resumeobject) === resume);
  if (resume !== undefined && !isUsed && open.store.deleteObject(resume)) forget(open, resume);
}

/** Takes an id out of all lists and single references. */
function forget(open: OpenStore, id: string): void {
  const forgetIn = (object: BcdObject): void => {
    for (const { code, value } of object.elements()) {
      if (value.kind === 'object' && value.id === id) object.delete(code);
      if (value.kind === 'objectList' && value.ids.includes(id)) changeList(object, code, [id], 'remove');
    }
  };
  for (const object of open.store.objects()) forgetIn(object);
}
