/** One thing a findstr expression is made of; `many` stands for a star behind it. */
type Piece =
  | { readonly kind: 'character'; readonly fits: (character: string) => boolean; readonly many: boolean }
  | { readonly kind: 'start' | 'end' | 'wordStart' | 'wordEnd' };

const isWord = (character: string | undefined): boolean => character !== undefined && /\w/.test(character);

function classOf(text: string, fold: (text: string) => string): (character: string) => boolean {
  const negated = text.startsWith('^');
  const body = negated ? text.slice(1) : text;
  const ranges: (readonly [from: string, to: string])[] = [];
  for (let index = 0; index < body.length; index++) {
    const from = body[index] ?? '';
    if (body[index + 1] === '-' && index + 2 < body.length) {
      ranges.push([from, body[index + 2] ?? from]);
      index += 2;
    } else ranges.push([from, from]);
  }
  return (character) =>
    ranges.some(([from, to]) => fold(from) <= fold(character) && fold(character) <= fold(to)) !== negated;
}

function parse(text: string, fold: (text: string) => string): readonly Piece[] {
  const pieces: Piece[] = [];
  const add = (fits: (character: string) => boolean, length: number, from: number): number => {
    const many = text[from + length] === '*';
    pieces.push({ kind: 'character', fits, many });
    return from + length + (many ? 1 : 0);
  };
  const same = (wanted: string) => (character: string) => fold(character) === fold(wanted);
  for (let at = 0; at < text.length; ) {
    const sign = text[at] ?? '';
    const close = sign === '[' ? text.indexOf(']', at + 2) : -1;
    if (sign === '^' && at === 0) pieces.push({ kind: 'start' });
    else if (sign === '$' && at === text.length - 1) pieces.push({ kind: 'end' });
    else if (sign === '\\' && text[at + 1] === '<') pieces.push({ kind: 'wordStart' });
    else if (sign === '\\' && text[at + 1] === '>') pieces.push({ kind: 'wordEnd' });
    else {
      if (close > 0) at = add(classOf(text.slice(at + 1, close), fold), close + 1 - at, at);
      else if (sign === '.') at = add(() => true, 1, at);
      else if (sign === '\\' && at + 1 < text.length) at = add(same(text[at + 1] ?? ''), 2, at);
      else at = add(same(sign), 1, at);
      continue;
    }
    at += sign === '\\' ? 2 : 1;
  }
  return pieces;
}

/** All states of the expression are walked at once, so that no expression takes more than its length for each character. */
function search(pieces: readonly Piece[], line: string): boolean {
  const close = (states: Set<number>, at: number): boolean => {
    for (const state of states) {
      const piece = pieces[state];
      if (!piece) return true;
      const [before, here] = [line[at - 1], line[at]];
      const passes =
        piece.kind === 'character'
          ? piece.many
          : piece.kind === 'start'
            ? at === 0
            : piece.kind === 'end'
              ? at === line.length
              : piece.kind === 'wordStart'
                ? !isWord(before) && isWord(here)
                : isWord(before) && !isWord(here);
      if (passes) states.add(state + 1);
    }
    return false;
  };
  let states = new Set<number>();
  for (let at = 0; at <= line.length; at++) {
    states.add(0);
    if (close(states, at)) return true;
    const next = new Set<number>();
    for (const state of states) {
      const piece = pieces[state];
      if (piece?.kind !== 'character' || at === line.length || !piece.fits(line[at] ?? '')) continue;
      next.add(piece.many ? state : state + 1);
    }
    states = next;
  }
  return false;
}

export interface FindstrPatternOptions {
  readonly literal: boolean;
  readonly ignoreCase: boolean;
  /** `/b` and `/e`; both together are `/x`. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/**
 * A test of lines. findstr knows `.`, `*`, `^` at the start, `$` at the end, `[...]`, `\<`, `\>` and `\x`; everything else
 * stands for itself.
 */
export function findstrPattern(
  text: string,
  { literal, ignoreCase, atStart, atEnd }: FindstrPatternOptions,
): (line: string) => boolean {
  const fold = (one: string): string => (ignoreCase ? one.toLowerCase() : one);
  const body: readonly Piece[] = literal
    ? [...text].map((wanted) => ({
        kind: 'character',
        fits: (character: string) => fold(character) === fold(wanted),
        many: false,
      }))
    : parse(text, fold);
  const pieces: readonly Piece[] = [
    ...(atStart ? [{ kind: 'start' } as const] : []),
    ...body,
    ...(atEnd ? [{ kind: 'end' } as const] : []),
  ];
  return (line) => search(pieces, line);
}
