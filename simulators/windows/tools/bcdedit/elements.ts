import { type BcdObject, elementCode, elementKind, elementName } from '../../../disk/bcd';
import { failures } from './failure';
import { impliedEntry, isIdentifier, resolveEntry, resolveId } from './identifiers';
import type { OpenStore } from './store-file';
import { parseValue } from './values';

/** `[{id}] datatype`: the entry (implied where none is named), the element and the words behind it. */
function target(open: OpenStore, words: readonly string[], command: 'set' | 'deletevalue') {
  const [first] = words;
  const [identifier, [name, ...rest]] = isIdentifier(first)
    ? [first, words.slice(1)]
    : [impliedEntry(open), words];
  if (name === undefined) throw failures.commandLine(command);
  const object = resolveEntry(open, identifier);
  const code = elementCode(object.type, name);
  if (code === undefined) throw failures.elementType();
  return { object, code, name: elementName(object.type, code) ?? name.toLowerCase(), rest };
}

/** Adds ids at an end of an object list, or takes them out of it. */
export function changeList(
  object: BcdObject,
  code: number,
  ids: readonly string[],
  how: 'first' | 'last' | 'remove' | 'replace',
): void {
  const others = (object.getObjects(code) ?? []).filter((id) => !ids.includes(id));
  const next =
    how === 'first'
      ? [...ids, ...others]
      : how === 'last'
        ? [...others, ...ids]
        : how === 'remove'
          ? others
          : ids;
  if (next.length > 0) object.setObjects(code, next);
  else object.delete(code);
}

const listSwitches = { '/addfirst': 'first', '/addlast': 'last', '/remove': 'remove' } as const;

/** Splits `/addfirst`, `/addlast` or `/remove` off the words of a list command. */
export function listChange(words: readonly string[]) {
  const rest = words.filter((word) => !word.startsWith('/'));
  const [option, another] = words.filter((word) => word.startsWith('/')).map((word) => word.toLowerCase());
  if (option === undefined) return { rest, how: 'replace' as const };
  const known = Object.hasOwn(listSwitches, option);
  if (!known || another !== undefined) throw failures.switch(option);
  return { rest, how: listSwitches[option as keyof typeof listSwitches] };
}

/** `/set [{id}] datatype value [/addfirst | /addlast | /remove]` */
export function setElement(open: OpenStore, words: readonly string[]): void {
  const { object, code, name, rest } = target(open, words, 'set');
  if (elementKind(code) === 'objectList') {
    const { rest: identifiers, how } = listChange(rest);
    if (identifiers.length === 0) throw failures.commandLine('set');
    changeList(
      object,
      code,
      identifiers.map((one) => resolveId(open, one)),
      how,
    );
    return;
  }
  if (elementKind(code) === 'integerList' && rest.some((word) => word.startsWith('/'))) {
    changeIntegers(open, object, code, name, rest);
    return;
  }
  object.set(code, parseValue(open, code, name, rest));
}

/** `/addfirst`, `/addlast` and `/remove` work on lists of integers too. */
function changeIntegers(
  open: OpenStore,
  object: BcdObject,
  code: number,
  name: string,
  words: readonly string[],
): void {
  const { rest, how } = listChange(words);
  const value = parseValue(open, code, name, rest);
  const old = object.get(code);
  if (value.kind !== 'integerList') return;
  const others = old?.kind === 'integerList' ? old.values.filter((one) => !value.values.includes(one)) : [];
  const values =
    how === 'first' ? [...value.values, ...others] : how === 'last' ? [...others, ...value.values] : others;
  if (values.length > 0) object.set(code, { kind: 'integerList', values });
  else object.delete(code);
}

/** `/deletevalue [{id}] datatype` */
export function deleteElement(open: OpenStore, words: readonly string[]): void {
  const { object, code, rest } = target(open, words, 'deletevalue');
  if (rest.length > 0) throw failures.commandLine('deletevalue');
  if (!object.delete(code)) throw failures.elementNotDeleted();
}
