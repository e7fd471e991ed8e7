import {
  aliasOfId,
  type BcdObject,
  BOOT_MANAGER_ELEMENTS,
  objectClass,
  BcdObjectType as Type,
} from '../../../disk/bcd';
import { entryText } from './entry-text';
import { failures } from './failure';
import { findEntry, identifierTexts, isIdentifier } from './identifiers';
import type { OpenStore } from './store-file';

/** Order of `/enum all`, as transcripts show it: applications by kind, then the settings, then device options. */
const kinds: readonly number[] = [
  Type.firmwareBootManager,
  Type.bootManager,
  Type.firmwareApplication,
  Type.osLoader,
  Type.resume,
  Type.memoryTester,
  Type.legacyLoader,
  Type.bootSector,
  Type.startup,
];
const settings = [
  '{emssettings}',
  '{dbgsettings}',
  '{badmemory}',
  '{globalsettings}',
  '{bootloadersettings}',
  '{hypervisorsettings}',
  '{resumeloadersettings}',
];

function rank(id: string, type: number): number {
  const kind = kinds.indexOf(type);
  if (kind >= 0) return kind;
  const setting = settings.indexOf(aliasOfId(id) ?? '');
  if (setting >= 0) return 100 + setting;
  return objectClass(type) === 'device' ? 300 : objectClass(type) === 'inherit' ? 200 : 50;
}

function sorted(open: OpenStore): readonly BcdObject[] {
  const order = open.store.bootManager?.getObjects(BOOT_MANAGER_ELEMENTS.displayorder) ?? [];
  const places = open.store.objects().map((object) => {
    const { id, type } = object;
    const index = order.indexOf(id);
    return { object, rank: rank(id, type), place: index < 0 ? order.length : index };
  });
  return places.sort((a, b) => a.rank - b.rank || a.place - b.place).map(({ object }) => object);
}

function active(open: OpenStore): readonly BcdObject[] {
  const { bootManager } = open.store;
  const order = bootManager?.getObjects(BOOT_MANAGER_ELEMENTS.displayorder) ?? [];
  const entries = order.map((id) => open.store.object(id)).filter((object) => object !== undefined);
  return bootManager ? [bootManager, ...entries] : entries;
}

const firmwareTypes: ReadonlySet<number> = new Set([
  Type.firmwareBootManager,
  Type.bootManager,
  Type.firmwareApplication,
]);

const selections: Readonly<Record<string, (open: OpenStore) => readonly BcdObject[]>> = {
  active,
  all: sorted,
  bootmgr: (open) => sorted(open).filter(({ type }) => type === Type.bootManager),
  bootapp: (open) => sorted(open).filter(({ type }) => type >>> 20 === 0x102 && (type & 0xfffff) > 4),
  firmware: (open) => sorted(open).filter(({ type }) => firmwareTypes.has(type)),
  inherit: (open) => sorted(open).filter(({ type }) => objectClass(type) === 'inherit'),
  osloader: (open) => sorted(open).filter(({ type }) => type === Type.osLoader || type === Type.legacyLoader),
  resume: (open) => sorted(open).filter(({ type }) => type === Type.resume),
};

/** The text of `/enum [type | id] [/v]`. @throws BcdEditFailure for a type or entry that is none. */
export function enumerate(open: OpenStore, what: string | undefined, verbose: boolean): string {
  let objects: readonly BcdObject[];
  if (isIdentifier(what)) {
    const entry = findEntry(open, what);
    objects = entry ? [entry] : [];
  } else {
    const type = (what ?? 'active').toLowerCase();
    const select = Object.hasOwn(selections, type) ? selections[type] : undefined;
    if (!select) throw failures.entryType();
    objects = select(open);
  }
  // Seen on real Windows, also for the identifier of an entry that is not there.
  if (objects.length === 0) return 'There are no matching objects or the store is empty.\r\n';
  const identifier = identifierTexts(open, verbose);
  return objects.map((object) => entryText(open, object, identifier)).join('');
}
