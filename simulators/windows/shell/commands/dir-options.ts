import { attributeFilter, isConcealed } from '../file-attributes';
import { switchWords } from './switch-words';

/** One key of `/o`. */
export interface SortKey {
  readonly by: 'n' | 'e' | 's' | 'd' | 'g';
  readonly reverse: boolean;
}

export interface DirOptions {
  readonly names: readonly string[];
  readonly bare: boolean;
  readonly recursive: boolean;
  /** `/w` fills rows, `/d` columns. */
  readonly wide: 'rows' | 'columns' | undefined;
  readonly lowerCase: boolean;
  readonly owner: boolean;
  readonly shortNames: boolean;
  readonly pages: boolean;
  /** Numbers with commas. */
  readonly separators: boolean;
  readonly order: readonly SortKey[] | undefined;
  readonly shows: (attributes: number) => boolean;
  /** The letters of `/a`, or undefined without it. */
  readonly attributes: string | undefined;
}

/** A switch that `dir` does not have, in cmd's form. */
export class UnknownDirSwitch extends Error {
  override readonly name = 'UnknownDirSwitch';

  constructor(readonly word: string) {
    super(`dir has no switch "${word}".`);
  }
}

function sortKeys(letters: string): readonly SortKey[] {
  const keys = [...letters.replace(/^:/, '').matchAll(/(-?)([nesdg])/g)];
  if (letters.replace(/^:/, '') === '')
    return [
      { by: 'g', reverse: false },
      { by: 'n', reverse: false },
    ];
  return keys.map(([, minus, by]) => ({ by: by as SortKey['by'], reverse: minus === '-' }));
}

/**
 * Reads the switches of `dir`. `/t`, `/n`, `/r` and `/4` are taken; they change nothing here, since volumes tell one time
 * alone.
 * @throws UnknownDirSwitch.
 */
export function parseDirOptions(tail: string): DirOptions {
  const { names, switches } = switchWords(tail);
  const words = [...switches].map((word) => word.slice(1));
  const unknown = words.find(
    (word) => !/^(-?[bdlnpqrswx4c]|-?o(:?(-?[nesdg])*)|-?a(:?(-?[dhsrali])*)|-a|-o|t(:?[caw]))$/.test(word),
  );
  if (unknown !== undefined) throw new UnknownDirSwitch(unknown);
  const last = (letter: string): string | undefined =>
    words.filter((word) => word.startsWith(letter) || word.startsWith(`-${letter}`)).at(-1);
  const has = (letter: string): boolean => last(letter) === letter;
  const attributes = last('a')?.startsWith('a') ? last('a')?.slice(1) : undefined;
  const order = last('o')?.startsWith('o') ? last('o')?.slice(1) : undefined;
  return {
    names,
    bare: has('b'),
    recursive: has('s'),
    wide: has('w') ? 'rows' : has('d') ? 'columns' : undefined,
    lowerCase: has('l'),
    owner: has('q'),
    shortNames: has('x'),
    pages: has('p'),
    separators: !words.includes('-c'),
    order: order === undefined ? undefined : sortKeys(order),
    attributes,
    shows:
      (attributes === undefined ? undefined : attributeFilter(attributes)) ??
      ((value) => !isConcealed(value)),
  };
}
