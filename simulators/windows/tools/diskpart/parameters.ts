import { InvalidArguments } from './failure';

/** What follows a command: `size=100`, `label="My disk"`, `quick`. Names are in lower case. */
export interface Parameters {
  readonly values: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
}

/** Words of a line; quotes keep blanks together and go. */
export function splitWords(line: string): string[] {
  return (line.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []).map((word) => word.replaceAll('"', ''));
}

/** Sorts the words into values and flags. @throws InvalidArguments for a word that is neither, or there twice. */
export function parseParameters(
  words: readonly string[],
  known: { readonly values?: readonly string[]; readonly flags?: readonly string[] },
): Parameters {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (const word of words) {
    const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const key = name.toLowerCase();
    const list = value === undefined ? known.flags : known.values;
    if (!list?.includes(key) || values.has(key) || flags.has(key)) throw new InvalidArguments();
    if (value === undefined) flags.add(key);
    else values.set(key, value);
  }
  return { values, flags };
}

/** A whole number that is written in decimal digits. @throws InvalidArguments */
export function wholeNumber({ values }: Parameters, name: string): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArguments();
  return Number(text);
}

/** The disks of `disk=1,2`. @throws InvalidArguments */
export function diskNumbers({ values }: Parameters): number[] | undefined {
  const text = values.get('disk');
  if (text === undefined) return undefined;
  if (!/^\d{1,9}(,\d{1,9})*$/.test(text)) throw new InvalidArguments();
  return text.split(',').map(Number);
}

/** `disk 1` as `disk=1`: seen on real Windows with `add` and `break`. */
export function joinDisk(words: readonly string[]): readonly string[] {
  const [first, second, ...more] = words;
  return first?.toLowerCase() === 'disk' && second !== undefined ? [`disk=${second}`, ...more] : words;
}

/** For commands that take no words at all. */
export function requireNoWords(words: readonly string[]): void {
  if (words.length > 0) throw new InvalidArguments();
}
