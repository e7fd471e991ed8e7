import type { BcdObject } from './bcd-object';
import type { BcdStore } from './bcd-store';
import { LIBRARY_ELEMENTS as LIBRARY } from './element-tables';

/** Description and locale (default `en-US`) of an entry. */
export function setNames(object: BcdObject, description: string, locale = 'en-US'): void {
  object.setString(LIBRARY.description, description);
  object.setString(LIBRARY.locale, locale);
}

/** Lets an entry inherit from well-known objects. */
export function inherit(store: BcdStore, object: BcdObject, ...aliases: readonly string[]): void {
  object.setObjects(LIBRARY.inherit, identifiers(store, ...aliases));
}

/** Object ids of aliases. */
export function identifiers(store: BcdStore, ...aliases: readonly string[]): string[] {
  return aliases.map((alias) => store.resolveIdentifier(alias) ?? alias);
}
