import type { ForHead } from './command-node';
import { CommandSyntaxError } from './command-syntax-error';
import type { ShellSession } from './session';
import { splitWords } from './split-arguments';
import { decodeText } from './text-encoding';

interface LineOptions {
  /** Lines that begin with it are passed over; empty for none. */
  readonly endOfLine: string;
  readonly skip: number;
  readonly delimiters: string;
  /** Token numbers from 1 on, in order. */
  readonly tokens: readonly number[];
  /** The rest of the line behind the last token is one more value (`tokens=1*`). */
  readonly rest: boolean;
  readonly backQuotes: boolean;
}

function tokenNumbers(text: string): { readonly tokens: readonly number[]; readonly rest: boolean } {
  const tokens = new Set<number>();
  for (const part of text.replace(/\*$/, '').split(',')) {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    // 31 tokens are the most that cmd takes.
    for (let number = Number(from); number <= Math.min(Number(to), 31); number++) tokens.add(number);
  }
  return { tokens: [...tokens].sort((a, b) => a - b), rest: text.endsWith('*') };
}

/** Reads `"eol=; skip=1 tokens=1,2* delims=:, usebackq"`; `delims=` at the end may hold a blank. */
function parseOptions(option: string): LineOptions {
  let text = option.replace(/^"|"$/g, '');
  const found = { endOfLine: ';', skip: 0, delimiters: ' \t', backQuotes: false };
  let chosen = tokenNumbers('1');
  for (text = text.trimStart(); text !== ''; text = text.trimStart()) {
    const [whole, name = '', value = ''] =
      /^(usebackq)(?=\s|$)/i.exec(text) ??
      /^(eol)=(.?)/i.exec(text) ??
      /^(skip)=(\d+)/i.exec(text) ??
      /^(tokens)=([\d,*-]+)/i.exec(text) ??
      // The delimiters end at a blank, unless everything up to the end belongs to them.
      /^(delims)=(\S*(?:\s+$)?)/i.exec(text) ??
      [];
    if (whole === undefined) throw new CommandSyntaxError(text.split(/\s/)[0] ?? '');
    text = text.slice(whole.length);
    if (/^usebackq$/i.test(name)) found.backQuotes = true;
    if (/^eol$/i.test(name)) found.endOfLine = value;
    if (/^skip$/i.test(name)) found.skip = Number(value);
    if (/^tokens$/i.test(name)) chosen = tokenNumbers(value);
    if (/^delims$/i.test(name)) found.delimiters = value;
  }
  return { ...found, ...chosen };
}

/** The values that one line gives, or undefined where it is passed over. */
function tokensOf(line: string, options: LineOptions): readonly string[] | undefined {
  const { delimiters, endOfLine, tokens, rest } = options;
  if (line === '' || (endOfLine !== '' && line.startsWith(endOfLine))) return undefined;
  const values: string[] = [];
  const last = tokens.at(-1) ?? 0;
  let position = 0;
  const skipDelimiters = (): void => {
    while (position < line.length && delimiters.includes(line[position] ?? '')) position++;
  };
  for (let number = 1; number <= last; number++) {
    skipDelimiters();
    const start = position;
    while (position < line.length && !delimiters.includes(line[position] ?? '')) position++;
    if (tokens.includes(number)) values.push(line.slice(start, position));
  }
  if (rest) {
    skipDelimiters();
    values.push(line.slice(position));
  }
  return values[0] === '' ? undefined : values;
}

async function texts(
  session: ShellSession,
  { set }: ForHead,
  backQuotes: boolean,
  capture: (command: string) => Promise<string>,
): Promise<readonly string[]> {
  const source = set.trim();
  const inside = (quote: string): string | undefined =>
    source.length > 1 && source.startsWith(quote) && source.endsWith(quote) ? source.slice(1, -1) : undefined;
  const command = inside(backQuotes ? '`' : "'");
  if (command !== undefined) return [await capture(command)];
  const text = inside(backQuotes ? "'" : '"');
  if (text !== undefined) return [text];
  const found: string[] = [];
  for (const name of splitWords(source)) {
    const path = session.resolvePath(name);
    const facts = await session.files.stat(path);
    if (!facts || facts.folder) throw new Error(`The system cannot find the file ${name}.`);
    found.push(decodeText(await session.files.read(path)));
  }
  return found;
}

/**
 * The values of `for /f ["options"] %v in (files | "text" | 'command')`, line by line.
 * @throws CommandSyntaxError for options that cmd does not know.
 */
export async function* forLines(
  session: ShellSession,
  head: ForHead,
  { capture }: { capture(command: string): Promise<string> },
): AsyncGenerator<readonly string[]> {
  const options = parseOptions(head.option);
  for (const text of await texts(session, head, options.backQuotes, capture)) {
    const lines = text.split(/\r?\n/).slice(options.skip);
    for (const line of lines) {
      const values = tokensOf(line.replace(/\r$/, ''), options);
      if (values) yield values;
    }
  }
}
