import { decodeText, type Program, type ProgramContext, WindowsError } from '../shell';
import { programArguments } from './program-arguments';
import { splitLines } from './text-lines';

interface Difference {
  readonly first: readonly [start: number, end: number];
  readonly second: readonly [start: number, end: number];
}

/** How far ahead a difference looks for two equal lines again; fc itself keeps a buffer of 100 lines. */
const lookAhead = 100;

/** Runs of lines that differ, from left to right, resynchronised at the nearest two equal lines. */
function differences(first: readonly string[], second: readonly string[]): readonly Difference[] {
  const found: Difference[] = [];
  let [a, b] = [0, 0];
  while (a < first.length || b < second.length) {
    if (a < first.length && b < second.length && first[a] === second[b]) {
      a++;
      b++;
      continue;
    }
    const [endA, endB] = resynchronise(first, second, a, b);
    found.push({ first: [a, endA], second: [b, endB] });
    [a, b] = [endA, endB];
  }
  return found;
}

function resynchronise(
  first: readonly string[],
  second: readonly string[],
  a: number,
  b: number,
): [number, number] {
  for (let distance = 1; distance <= 2 * lookAhead; distance++) {
    for (let left = Math.max(0, distance - lookAhead); left <= Math.min(distance, lookAhead); left++) {
      const [endA, endB] = [a + left, b + distance - left];
      const one = endA < first.length && endB < second.length && first[endA] === second[endB];
      const next = first[endA + 1] === second[endB + 1];
      if (one && next) return [endA, endB];
    }
  }
  return [first.length, second.length];
}

function textComparison(
  names: readonly [string, string],
  texts: readonly [readonly string[], readonly string[]],
  { fold, numbers }: { fold: (line: string) => string; numbers: boolean },
): string | undefined {
  const found = differences(texts[0].map(fold), texts[1].map(fold));
  if (found.length === 0) return undefined;
  const part = (name: string, lines: readonly string[], [start, end]: readonly [number, number]): string => {
    const from = Math.max(0, start - 1);
    const shown = lines.slice(from, Math.min(lines.length, end + 1));
    const rows = shown.map((line, index) =>
      numbers ? `${String(from + index + 1).padStart(5)}:  ${line}\r\n` : `${line}\r\n`,
    );
    return `***** ${name}\r\n${rows.join('')}`;
  };
  return found
    .map(
      (one) => `${part(names[0], texts[0], one.first)}${part(names[1], texts[1], one.second)}*****\r\n\r\n`,
    )
    .join('');
}

function binaryComparison(
  names: readonly [string, string],
  [first, second]: readonly [Uint8Array, Uint8Array],
): string | undefined {
  const hex = (value: number, width: number): string => value.toString(16).toUpperCase().padStart(width, '0');
  let text = '';
  for (let index = 0; index < Math.min(first.length, second.length); index++) {
    const [a = 0, b = 0] = [first[index], second[index]];
    if (a !== b) text += `${hex(index, 8)}: ${hex(a, 2)} ${hex(b, 2)}\r\n`;
  }
  if (first.length !== second.length) {
    const [longer, shorter] = first.length > second.length ? names : [names[1], names[0]];
    text += `FC: ${longer.toUpperCase()} longer than ${shorter.toUpperCase()}\r\n\r\n`;
  }
  return text === '' ? undefined : text;
}

async function read(context: ProgramContext, name: string): Promise<Uint8Array | undefined> {
  try {
    return await context.files.read(context.resolvePath(name));
  } catch (error) {
    if (!(error instanceof WindowsError)) throw error;
    context.errors.write(`FC: cannot open ${name.toUpperCase()} - No such file or folder\r\n\r\n`);
    return undefined;
  }
}

/**
 * `fc [/b] [/c] [/n] [/w] [/l] file file`: 0 alike, 1 different, 2 a file is missing or the command line is wrong. `.exe`,
 * `.com`, `.sys`, `.obj`, `.lib` and `.bin` are compared byte by byte.
 */
export const fc: Program = async (context) => {
  const { switches, words } = programArguments(context.args);
  const [first, second] = words;
  const has = (name: string): boolean => switches.includes(`/${name}`);
  if (first === undefined || second === undefined || words.length > 2) {
    context.errors.write('FC: Insufficient number of file specifications\r\n\r\n');
    return 2;
  }
  if (switches.some((word) => !/^\/([abclntuw]|lb\d+|\d+|off(line)?)$/.test(word))) {
    context.errors.write('FC: Invalid Switch\r\n\r\n');
    return 2;
  }
  context.output.write(`Comparing files ${first} and ${second.toUpperCase()}\r\n`);
  const one = await read(context, first);
  const other = one && (await read(context, second));
  if (!one || !other) return 2;
  const binary = has('b') || (/\.(exe|com|sys|obj|lib|bin)$/i.test(first) && !has('l'));
  const fold = (line: string): string => {
    const blanks = has('w') ? line.replace(/[ \t]+/g, ' ').trim() : line;
    return has('c') ? blanks.toLowerCase() : blanks;
  };
  const text = binary
    ? binaryComparison([first, second], [one, other])
    : textComparison([first, second], [splitLines(decodeText(one)), splitLines(decodeText(other))], {
        fold,
        numbers: has('n'),
      });
  context.output.write(text ?? 'FC: no differences encountered\r\n\r\n');
  return text === undefined ? 0 : 1;
};
