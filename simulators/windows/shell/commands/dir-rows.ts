import { clockMinutes, numericDate } from '../clock-text';
import type { FileFacts } from '../file-access';
import type { DirOptions, SortKey } from './dir-options';

/** `1,234`. */
export function count(value: number, separators: boolean): string {
  return separators ? value.toLocaleString('en-US') : String(value);
}

function compare(a: FileFacts, b: FileFacts, { by, reverse }: SortKey): number {
  const text = (one: string, other: string): number =>
    one.localeCompare(other, 'en', { sensitivity: 'base' });
  const extension = ({ name }: FileFacts): string => /\.([^.]*)$/.exec(name)?.[1] ?? '';
  const order =
    by === 'n'
      ? text(a.name, b.name)
      : by === 'e'
        ? text(extension(a), extension(b))
        : by === 's'
          ? a.sizeBytes - b.sizeBytes
          : by === 'd'
            ? a.modified.getTime() - b.modified.getTime()
            : Number(b.folder) - Number(a.folder);
  return reverse ? -order : order;
}

/** Sorted by the keys of `/o`; without it as the volume lists them, which NTFS does by name. */
export function sorted(
  entries: readonly FileFacts[],
  keys: readonly SortKey[] | undefined,
): readonly FileFacts[] {
  if (!keys) return entries;
  return [...entries].sort((a, b) => keys.reduce((order, key) => order || compare(a, b, key), 0));
}

function row(facts: FileFacts, { separators, owner, shortNames, lowerCase }: DirOptions): string {
  const stamp = `${numericDate(facts.modified)}  ${clockMinutes(facts.modified)}`;
  const middle = facts.junction
    ? '    <JUNCTION>    '
    : facts.folder
      ? '    <DIR>         '
      : count(facts.sizeBytes, separators).padStart(18);
  // The stand-in's volumes keep no short names; their owner is not looked up (our choice: the usual one).
  const short = shortNames ? ''.padEnd(13) : '';
  const owned = owner ? 'BUILTIN\\Administrators '.padEnd(23) : '';
  const name = lowerCase ? facts.name.toLowerCase() : facts.name;
  return `${stamp}${middle} ${short}${owned}${name}`;
}

/** Names side by side, as wide as the longest, in 80 columns; folders in brackets. */
function wideRows(entries: readonly FileFacts[], { wide, lowerCase }: DirOptions): readonly string[] {
  const names = entries.map(({ name, folder }) => {
    const text = lowerCase ? name.toLowerCase() : name;
    return folder ? `[${text}]` : text;
  });
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const columns = Math.max(1, Math.floor(80 / width));
  const rows = Math.ceil(names.length / columns);
  return Array.from({ length: rows }, (_unused, line) => {
    const cells = Array.from({ length: columns }, (_empty, column) =>
      wide === 'rows' ? names[line * columns + column] : names[column * rows + line],
    ).filter((name) => name !== undefined);
    return cells.map((name, index) => (index < cells.length - 1 ? name.padEnd(width) : name)).join('');
  });
}

/** The lines of a folder's entries, without line ends. */
export function entryRows(entries: readonly FileFacts[], options: DirOptions): readonly string[] {
  return options.wide ? wideRows(entries, options) : entries.map((facts) => row(facts, options));
}
