import { clockMinutes, numericDate } from './clock-text';
import { FileAttribute } from './file-attributes';
import type { ShellSession } from './session';
import { joinPath, parseWindowsPath } from './windows-path';

/** `d--r--h---`-like text of `%~a1`: what is not set is a hyphen. The nine columns of Windows 7 to 10. */
function attributeText(attributes: number): string {
  const columns: readonly (readonly [letter: string, bit: number])[] = [
    ['d', FileAttribute.folder],
    ['r', FileAttribute.readOnly],
    ['a', FileAttribute.archive],
    ['h', FileAttribute.hidden],
    ['s', FileAttribute.system],
    ['c', 0x800],
    ['o', 0x1000],
    ['t', 0x100],
    ['l', FileAttribute.reparsePoint],
  ];
  return columns.map(([letter, bit]) => ((attributes & bit) === 0 ? '-' : letter)).join('');
}

async function fileFacts(session: ShellSession, path: string, modifiers: string): Promise<string[]> {
  const facts = await session.files.stat(path).catch(() => undefined);
  if (!facts) return [];
  const words: string[] = [];
  if (modifiers.includes('a')) words.push(attributeText((await session.files.attributes([path]))[0] ?? 0));
  if (modifiers.includes('t')) words.push(`${numericDate(facts.modified)} ${clockMinutes(facts.modified)}`);
  if (modifiers.includes('z')) words.push(String(facts.sizeBytes));
  return words;
}

/**
 * The value of `%~dpI` and its like: quotes vanish; `f` full path, `d` drive, `p` folder, `n` name, `x` extension,
 * `s` short names (the stand-in's volumes have none, so the long ones), `a` attributes, `t` time, `z` size.
 * @param modifiers with the tilde, or empty for the value as it is.
 */
export async function modifiedValue(
  session: ShellSession,
  modifiers: string,
  value: string,
): Promise<string> {
  if (modifiers === '') return value;
  const plain = value.replaceAll('"', '');
  const wanted = modifiers.slice(1).toLowerCase();
  if (wanted === '') return plain;
  let path: string;
  try {
    path = session.resolvePath(plain);
  } catch {
    return plain;
  }
  const { root, segments } = parseWindowsPath(path);
  const isFolder = /[\\/]$/.test(plain) || plain === '';
  const last = isFolder ? '' : (segments.at(-1) ?? '');
  const dot = last.lastIndexOf('.');
  const folders = isFolder ? segments : segments.slice(0, -1);
  const facts = await fileFacts(session, path, wanted);
  const has = (letter: string): boolean => wanted.includes(letter) || wanted.includes('f');
  const text = [
    has('d') ? root : '',
    has('p') ? `\\${folders.map((name) => `${name}\\`).join('')}` : '',
    has('n') ? (dot < 0 ? last : last.slice(0, dot)) : '',
    has('x') && dot >= 0 ? last.slice(dot) : '',
  ].join('');
  const name = wanted === 's' ? path : text;
  return [...facts, ...(name === '' ? [] : [name])].join(' ');
}

/** The first folder of `%PATH%` (or another list) that holds the file, as a whole path; empty where none does. */
async function searchedPath(session: ShellSession, list: string, name: string): Promise<string> {
  const folders = [session.folder, ...(session.environment.get(list) ?? '').split(';')];
  for (const folder of folders.filter((one) => one !== '')) {
    const path = joinPath(folder, name.replaceAll('"', ''));
    if (await session.files.stat(path).catch(() => undefined)) return path;
  }
  return '';
}

/** Replaces `%i`, `%~nxi` and `%~$PATH:i` by the values of the running `for` loops. */
export async function expandForVariables(session: ShellSession, text: string): Promise<string> {
  if (session.forVariables.size === 0 || !text.includes('%')) return text;
  let result = '';
  let position = 0;
  while (position < text.length) {
    const start = text.indexOf('%', position);
    if (start < 0) break;
    result += text.slice(position, start);
    const rest = text.slice(start + 1, start + 60);
    const found = matchVariable(session, rest);
    if (!found) {
      result += '%';
      position = start + 1;
      continue;
    }
    const value = session.forVariables.get(found.name) ?? '';
    const path = found.list === undefined ? value : `"${await searchedPath(session, found.list, value)}"`;
    result += await modifiedValue(
      session,
      found.modifiers,
      found.list !== undefined && path === '""' ? '' : path,
    );
    position = start + 1 + found.length;
  }
  return result + text.slice(position);
}

/** The longest run of modifier letters that still leaves a known variable behind it. */
function matchVariable(session: ShellSession, rest: string) {
  const first = rest[0] ?? '';
  if (first !== '~') {
    if (!session.forVariables.has(first)) return undefined;
    return { name: first, modifiers: '', list: undefined, length: 1 };
  }
  const letters = /^~([fdpnxsatz]*)/i.exec(rest)?.[1] ?? '';
  const list = /^\$([^:%]+):/.exec(rest.slice(1 + letters.length))?.[1];
  if (list !== undefined) {
    const length = 1 + letters.length + list.length + 2;
    const name = rest[length] ?? '';
    if (!session.forVariables.has(name)) return undefined;
    return { name, modifiers: `~${letters}`, list, length: length + 1 };
  }
  for (let count = letters.length; count >= 0; count--) {
    const name = rest[1 + count] ?? '';
    if (session.forVariables.has(name))
      return { name, modifiers: `~${letters.slice(0, count)}`, list: undefined, length: count + 2 };
  }
  return undefined;
}
