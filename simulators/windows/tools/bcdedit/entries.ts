import { aliasOfId, BOOT_MANAGER_ELEMENTS, LIBRARY_ELEMENTS, BcdObjectType as Type } from '../../../disk/bcd';
import { changeList } from './elements';
import { failures } from './failure';
import { identifierText, isIdentifier, resolveEntry, resolveId } from './identifiers';
import { newEntryId, type OpenStore } from './store-file';

const typesOfAliases: Readonly<Record<string, number>> = {
  '{bootmgr}': Type.bootManager,
  '{fwbootmgr}': Type.firmwareBootManager,
  '{memdiag}': Type.memoryTester,
  '{ntldr}': Type.legacyLoader,
  '{ramdiskoptions}': Type.deviceOptions,
  '{globalsettings}': Type.inheritAny,
  '{dbgsettings}': Type.inheritAny,
  '{emssettings}': Type.inheritAny,
  '{badmemory}': Type.inheritAny,
  '{bootloadersettings}': Type.inheritOsLoader,
  '{hypervisorsettings}': Type.inheritOsLoader,
  '{resumeloadersettings}': Type.inheritResume,
};

const applications: Readonly<Record<string, number>> = {
  osloader: Type.osLoader,
  resume: Type.resume,
  bootsector: Type.bootSector,
  startup: Type.startup,
};
const inheritances: Readonly<Record<string, number>> = {
  '': Type.inheritAny,
  osloader: Type.inheritOsLoader,
  resume: Type.inheritResume,
};

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
  const chosen = typesOfAliases[aliasOfId(id) ?? ''] ?? type;
  if (chosen === undefined) throw failures.commandLine('create');
  if (open.store.object(id)) throw failures.entryExists();
  const object = open.store.createObject(id, chosen);
  if (description !== undefined) object.setString(LIBRARY_ELEMENTS.description, description);
  // Seen on real Windows.
  return `The entry ${identifierText(open, id, false)} was successfully created.\r\n`;
}

/** `/copy {id} /d text`. Returns what it prints. */
export function copyEntry(open: OpenStore, words: readonly string[]): string {
  const { identifier, description } = parseOptions('copy', words);
  if (identifier === undefined || description === undefined) throw failures.commandLine('copy');
  const copy = open.store.copyObject(resolveEntry(open, identifier).id, newEntryId());
  copy.setString(LIBRARY_ELEMENTS.description, description);
  // A copied loader joins the menu; general knowledge, as is the text.
  const { bootManager } = open.store;
  if (bootManager && copy.type === Type.osLoader) {
    changeList(bootManager, BOOT_MANAGER_ELEMENTS.displayorder, [copy.id], 'last');
  }
  return `The entry was successfully copied to ${copy.id}.\r\n`;
}

/** `/delete {id} [/f] [/cleanup | /nocleanup]`: the lists of the boot manager forget the entry, unless told not to. */
export function deleteEntry(open: OpenStore, words: readonly string[]): void {
  const [identifier, ...rest] = words;
  const options = new Set(rest.map((word) => word.toLowerCase()));
  if (!isIdentifier(identifier)) throw failures.commandLine('delete');
  for (const option of options) {
    if (!['/f', '/cleanup', '/nocleanup'].includes(option)) throw failures.switch(option);
  }
  const { id } = resolveEntry(open, identifier);
  if (aliasOfId(id) !== undefined && !options.has('/f')) throw failures.wellKnownEntry();
  const { bootManager } = open.store;
  if (bootManager && bootManager.id !== id && !options.has('/nocleanup')) {
    const { displayorder, toolsdisplayorder, bootsequence } = BOOT_MANAGER_ELEMENTS;
    for (const code of [displayorder, toolsdisplayorder, bootsequence])
      changeList(bootManager, code, [id], 'remove');
    if (open.store.defaultId === id) bootManager.delete(BOOT_MANAGER_ELEMENTS.default);
  }
  open.store.deleteObject(id);
}
