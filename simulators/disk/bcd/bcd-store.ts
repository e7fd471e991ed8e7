import { bracedGuid, DiskFormatError, isGuid } from '../bytes';
import { createHive, type Hive, type HiveClock, openHive, type ParseHiveOptions, parseHive } from '../regf';
import { aliasOfId, idOfAlias } from './aliases';
import { type BcdElement, BcdObject, objectIdOf, objectTypeOf, visitElements } from './bcd-object';
import { BOOT_MANAGER_ELEMENTS, LIBRARY_ELEMENTS } from './element-tables';
import type { BcdValue } from './element-value';

/** A sound hive that is no boot configuration data store. */
export class BcdFormatError extends DiskFormatError {
  override readonly name = 'BcdFormatError';
}

function notAStore(root: string): BcdFormatError {
  return new BcdFormatError(
    0,
    'the hive has no key "Objects"',
    `The hive "${root}" has no key "Objects", so it is no boot configuration data store. ` +
      'Give the file \\Boot\\BCD of the system partition.',
  );
}

/**
 * Shows every object of a store's file with its elements, in the order of the file's lists, which is that of their ids
 * and codes. Errors: as `BcdStore.parse`, when what they concern is read.
 */
export function visitStore(
  file: Uint8Array,
  show: (id: string, type: number) => void,
  showElement: (element: BcdElement, objectType: number) => void,
): void {
  const root = openHive(file);
  const objects = root.key('Objects');
  if (objects === undefined) throw notAStore(root.name);
  objects.visitSubkeys((key) => {
    if (!isGuid(key.name)) return;
    const type = objectTypeOf(key);
    show(objectIdOf(key), type);
    visitElements(key, (element) => showElement(element, type));
  });
}

/** A boot configuration data store: a hive with `Description` and `Objects` (formats.md 1.1). */
export class BcdStore {
  private constructor(readonly hive: Hive) {}

  /** Throws a HiveFormatError for bytes that are no hive, a BcdFormatError for another hive. */
  static parse(bytes: Uint8Array, options: ParseHiveOptions = {}): BcdStore {
    const hive = parseHive(bytes, options);
    if (hive.key('Objects') === undefined) throw notAStore(hive.root.name);
    return new BcdStore(hive);
  }

  /** An empty store, as `bcdedit /createstore` leaves it; a system store carries the marks of one. */
  static create(options: { clock?: HiveClock; system?: boolean; fileName?: string } = {}): BcdStore {
    const { system = false, fileName = '\\??\\C:\\boot\\bcd', clock } = options;
    const hive = createHive('NewStoreRoot', { minorVersion: 3, fileName, ...(clock ? { clock } : {}) });
    const description = hive.createKey('Description');
    description.setString('KeyName', system ? 'BCD00000000' : 'BCD00000001');
    if (system) {
      description.setDword('System', 1);
      description.setDword('TreatAsSystem', 1);
    }
    hive.createKey('Objects');
    return new BcdStore(hive);
  }

  serialize(): Uint8Array {
    return this.hive.serialize();
  }

  /** Objects in the order of their keys. */
  objects(): readonly BcdObject[] {
    const keys = this.hive.key('Objects')?.subkeys() ?? [];
    return keys.filter((key) => isGuid(key.name)).map((key) => new BcdObject(key));
  }

  /** The object of a GUID, a well-known alias or `{default}`. */
  object(identifier: string): BcdObject | undefined {
    const id = this.resolveIdentifier(identifier);
    const key = id === undefined ? undefined : this.hive.key(`Objects\\${id}`);
    return key && new BcdObject(key);
  }

  get bootManager(): BcdObject | undefined {
    return this.object('{bootmgr}');
  }

  /** Id of the entry that {bootmgr} starts by default. */
  get defaultId(): string | undefined {
    return this.bootManager?.getObject(BOOT_MANAGER_ELEMENTS.default);
  }

  /** Object id of a GUID text (with or without braces), an alias or `{default}`; undefined when it names nothing. */
  resolveIdentifier(identifier: string): string | undefined {
    if (isGuid(identifier)) return bracedGuid(identifier);
    if (identifier.toLowerCase() === '{default}') return this.defaultId;
    return idOfAlias(identifier);
  }

  /** What bcdedit prints for an id: its alias, `{default}`, or the id. */
  displayIdentifier(id: string): string {
    return aliasOfId(id) ?? (id === this.defaultId ? '{default}' : id);
  }

  /** Throws a RangeError when the store already has this object. */
  createObject(identifier: string, type: number): BcdObject {
    const id = this.resolveIdentifier(identifier);
    if (id === undefined)
      throw new RangeError(`"${identifier}" is neither a GUID nor a known BCD identifier`);
    if (this.object(id) !== undefined) throw new RangeError(`The store already has an object ${id}`);
    const key = this.hive.createKey(`Objects\\${id}`);
    key.createKey('Description').setDword('Type', type);
    key.createKey('Elements');
    return new BcdObject(key);
  }

  /** False when there is no such object. References to it stay. */
  deleteObject(identifier: string): boolean {
    const object = this.object(identifier);
    return object !== undefined && this.hive.deleteKey(`Objects\\${object.id}`);
  }

  /** Throws a RangeError when there is no such object, or one with the new id. */
  copyObject(identifier: string, newId: string): BcdObject {
    const source = this.object(identifier);
    if (source === undefined) throw new RangeError(`The store has no object ${identifier}`);
    const copy = this.createObject(newId, source.type);
    copy.copyElements(source);
    return copy;
  }

  /** An element of an object, or else of the objects that it inherits from, in their order. */
  effectiveElement(object: BcdObject, code: number): BcdValue | undefined {
    const seen = new Set<string>();
    const open = [object];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next.id)) continue;
      seen.add(next.id);
      const own = next.get(code);
      if (own !== undefined) return own;
      for (const id of [...(next.getObjects(LIBRARY_ELEMENTS.inherit) ?? [])].reverse()) {
        const parent = this.object(id);
        if (parent !== undefined) open.push(parent);
      }
    }
    return undefined;
  }
}
