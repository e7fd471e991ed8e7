import {
  BOOT_MANAGER_ELEMENTS,
  DEVICE_OPTIONS_ELEMENTS,
  LEGACY_LOADER_ELEMENTS,
  LIBRARY_ELEMENTS,
  MEMORY_TESTER_ELEMENTS,
  OS_LOADER_ELEMENTS,
  RESUME_ELEMENTS,
  STARTUP_ELEMENTS,
} from './element-tables';
import { type BcdApplication, objectApplication, objectClass } from './object-types';

type ElementTable = Readonly<Record<string, number>>;

const APPLICATION_TABLES: Readonly<Record<BcdApplication, ElementTable>> = {
  'boot manager': BOOT_MANAGER_ELEMENTS,
  'OS loader': OS_LOADER_ELEMENTS,
  resume: RESUME_ELEMENTS,
  'memory tester': MEMORY_TESTER_ELEMENTS,
  'legacy loader': LEGACY_LOADER_ELEMENTS,
  startup: STARTUP_ELEMENTS,
  other: {},
};

/** The names of each table by their codes; the first of several for one code. */
const NAMES = new Map(
  [LIBRARY_ELEMENTS, DEVICE_OPTIONS_ELEMENTS, ...Object.values(APPLICATION_TABLES)].map(
    (table: ElementTable): [ElementTable, ReadonlyMap<number, string>] => {
      const pairs = Object.entries(table).map(([name, code]): [number, string] => [code, name]);
      return [table, new Map(pairs.reverse())];
    },
  ),
);

/** The tables that apply to an object of this type, library elements first. */
function tablesOf(objectType: number): readonly ElementTable[] {
  if (objectClass(objectType) === 'device') return [LIBRARY_ELEMENTS, DEVICE_OPTIONS_ELEMENTS];
  return [LIBRARY_ELEMENTS, APPLICATION_TABLES[objectApplication(objectType)]];
}

/** bcdedit's name of an element in an object of this type; undefined where bcdedit prints `custom:XXXXXXXX`. */
export function elementName(objectType: number, code: number): string | undefined {
  for (const table of tablesOf(objectType)) {
    const found = NAMES.get(table)?.get(code);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Element code of a name (any case) in an object of this type; `custom:XXXXXXXX` gives that code. Undefined when the
 * name does not apply to such an object.
 */
export function elementCode(objectType: number, name: string): number | undefined {
  const wanted = name.toLowerCase();
  const custom = /^custom:(?:0x)?([0-9a-f]{8})$/.exec(wanted);
  if (custom !== null) return Number.parseInt(custom[1]!, 16);
  for (const table of tablesOf(objectType)) {
    if (Object.hasOwn(table, wanted)) return table[wanted];
  }
  return undefined;
}
