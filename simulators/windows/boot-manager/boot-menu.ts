import {
  type BcdObject,
  BcdObjectType,
  type BcdStore,
  BOOT_MANAGER_ELEMENTS,
  LIBRARY_ELEMENTS,
} from '../../disk/bcd';

/** A line of the menu. */
export interface BootMenuEntry {
  /** Object id. */
  readonly id: string;
  readonly description: string;
}

/** What {bootmgr} offers. */
export interface BootMenu {
  /** In display order; never empty. */
  readonly entries: readonly BootMenuEntry[];
  /** In the order of the tools. */
  readonly tools: readonly BootMenuEntry[];
  /** Index of the entry that starts by itself. */
  readonly selected: number;
  /** Seconds until it does. */
  readonly timeoutSeconds: number;
  /** Without a key pressed: there is something to choose and time to do it, or the store asks for the menu. */
  readonly shown: boolean;
  /** The entry came from the one-time boot sequence: it starts without a menu, and the sequence is deleted. */
  readonly once: boolean;
}

/** Where a store has no timeout (Microsoft, BCDEdit /timeout: 30 seconds). */
const DEFAULT_TIMEOUT = 30;

const STARTABLE: readonly number[] = [
  BcdObjectType.osLoader,
  BcdObjectType.legacyLoader,
  BcdObjectType.bootSector,
  BcdObjectType.bootApplication,
  // `mdsched` puts {memdiag} into the boot sequence.
  BcdObjectType.memoryTester,
];

/**
 * Reads the menu: the display order, with the default entry selected. A default that is not in it does not count, unless
 * the order is empty (inferred: formats.md 4.1.5). The one-time boot sequence goes before all. Undefined where the store
 * names nothing that could be started.
 */
export function readBootMenu(store: BcdStore): BootMenu | undefined {
  const { bootManager, defaultId } = store;
  if (bootManager === undefined) return undefined;
  const startable = (ids: readonly string[]): BcdObject[] =>
    ids.flatMap((id) => {
      const object = store.object(id);
      return object && STARTABLE.includes(object.type) ? [object] : [];
    });
  const list = (code: number) => bootManager.getObjects(code) ?? [];
  const menu = { timeoutSeconds: 0, tools: [], selected: 0, shown: false };
  const once = startable(list(BOOT_MANAGER_ELEMENTS.bootsequence));
  if (once[0]) return { ...menu, entries: [entryOf(once[0])], once: true };
  const order = startable(list(BOOT_MANAGER_ELEMENTS.displayorder));
  const objects = order.length > 0 ? order : startable(defaultId === undefined ? [] : [defaultId]);
  if (objects.length === 0) return undefined;
  const timeoutSeconds = Number(bootManager.getInteger(BOOT_MANAGER_ELEMENTS.timeout) ?? DEFAULT_TIMEOUT);
  const always = bootManager.getBoolean(BOOT_MANAGER_ELEMENTS.displaybootmenu) ?? false;
  const tools = list(BOOT_MANAGER_ELEMENTS.toolsdisplayorder).flatMap((id) => store.object(id) ?? []);
  return {
    entries: objects.map(entryOf),
    tools: tools.map(entryOf),
    selected: Math.max(
      objects.findIndex(({ id }) => id === defaultId),
      0,
    ),
    timeoutSeconds,
    shown: always || (timeoutSeconds > 0 && objects.length > 1),
    once: false,
  };
}

const entryOf = (object: BcdObject): BootMenuEntry => ({
  id: object.id,
  description: object.getString(LIBRARY_ELEMENTS.description) ?? object.id,
});
