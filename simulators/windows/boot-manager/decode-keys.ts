import type { MenuKey } from './menu-state';

const KEYS: readonly (readonly [string, MenuKey])[] = [
  ['\x1b[A', 'up'],
  ['\x1b[B', 'down'],
  ['\x1b[19~', 'f8'],
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
];

/** Names the keys in what a Linux console sends; an escape sequence that is none of ours is no Esc. */
export function decodeKeys(text: string): MenuKey[] {
  const keys: MenuKey[] = [];
  for (let rest = text; rest !== ''; ) {
    const known = KEYS.find(([sequence]) => rest.startsWith(sequence));
    const length = known?.[0].length ?? /^\x1b\[[0-9;[]*[A-Za-z~]/.exec(rest)?.[0].length ?? 1;
    if (known) keys.push(known[1]);
    else if (rest[0] === '\x1b' && length === 1) keys.push('escape');
    rest = rest.slice(length);
  }
  return keys;
}
