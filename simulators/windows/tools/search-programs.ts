import { decodeText, type Program, type ProgramContext } from '../shell';

interface Source {
  readonly name: string | undefined;
  readonly lines: readonly string[];
}

function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

async function inputLines({ input }: ProgramContext): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let line = await input.readLine(''); line !== undefined; line = await input.readLine(''))
    lines.push(line);
  return lines;
}

async function sources(context: ProgramContext, names: readonly string[]): Promise<readonly Source[]> {
  if (names.length === 0) return [{ name: undefined, lines: await inputLines(context) }];
  const found: Source[] = [];
  for (const name of names) {
    const bytes = await context.files.read(context.resolvePath(name));
    found.push({ name, lines: splitLines(decodeText(bytes)) });
  }
  return found;
}

/** Switches (`/i`, `/c`, ...) in lower case, and the other words. */
function split(args: readonly string[]) {
  const isSwitch = (word: string): boolean => /^\/[a-z]/i.test(word);
  return {
    switches: args.filter(isSwitch).map((word) => word.slice(1)),
    words: args.filter((word) => !isSwitch(word)),
  };
}

/** `find [/v] [/c] [/n] [/i] "text" [file ...]`: 0 where something was found, 1 where not. */
export const find: Program = async (context) => {
  const { switches, words } = split(context.args);
  const [text, ...names] = words;
  const has = (name: string): boolean => switches.some((one) => one.toLowerCase() === name);
  if (text === undefined) {
    context.errors.write('FIND: Parameter format not correct\r\n');
    return 2;
  }
  const fold = (line: string): string => (has('i') ? line.toLowerCase() : line);
  let hits = 0;
  for (const { name, lines } of await sources(context, names)) {
    const matches = lines
      .map((line, index) => ({ line, number: index + 1 }))
      .filter(({ line }) => fold(line).includes(fold(text)) !== has('v'));
    hits += matches.length;
    if (has('c')) {
      const heading = name === undefined ? '' : `\r\n---------- ${name.toUpperCase()}: `;
      context.output.write(`${heading}${matches.length}\r\n`);
      continue;
    }
    if (name !== undefined) context.output.write(`\r\n---------- ${name.toUpperCase()}\r\n`);
    for (const { line, number } of matches)
      context.output.write(`${has('n') ? `[${number}]` : ''}${line}\r\n`);
  }
  return hits > 0 ? 0 : 1;
};

/** findstr knows `.`, `*`, `^`, `$`, `[...]`, `\<`, `\>` and `\x`; everything else stands for itself. */
function findstrPattern(text: string, literal: boolean, flags: string): RegExp {
  const quoted = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (literal) return new RegExp(quoted, flags);
  const source = text.replace(/\\([\s\S])|[+?{}()|]/g, (whole, escaped?: string) => {
    if (escaped === undefined) return `\\${whole}`;
    if (escaped === '<' || escaped === '>') return '\\b';
    return escaped.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(source, flags);
}

/**
 * `findstr [/i] [/v] [/n] [/m] [/x] [/b] [/e] [/l | /r] [/c:"text"] words [file ...]`: the words of the search text are
 * alternatives. 0 found, 1 not, 2 bad command line.
 */
export const findstr: Program = async (context) => {
  const { switches, words } = split(context.args);
  const has = (name: string): boolean => switches.some((one) => one.toLowerCase() === name);
  const phrases = switches.filter((one) => /^c:/i.test(one)).map((one) => one.slice(2));
  const unknown = switches.find((one) => !/^(c:.*|[ivnmxbelr])$/i.test(one));
  const text = phrases.length > 0 ? undefined : words[0];
  const rest = phrases.length > 0 ? words : words.slice(1);
  if (unknown !== undefined || (phrases.length === 0 && text === undefined)) {
    context.errors.write('FINDSTR: Bad command line\r\n');
    return 2;
  }
  // Without /l or /r, words are expressions and /c texts are literal unless they hold a metacharacter.
  const patterns = [
    ...phrases.map((phrase) => findstrPattern(phrase, !has('r'), has('i') ? 'i' : '')),
    ...(text ?? '')
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => findstrPattern(word, has('l'), has('i') ? 'i' : '')),
  ].map(({ source, flags }) => {
    const whole = has('x');
    return new RegExp(`${whole || has('b') ? '^' : ''}(?:${source})${whole || has('e') ? '$' : ''}`, flags);
  });
  let hits = 0;
  const all = await sources(context, rest);
  for (const { name, lines } of all) {
    const label = name !== undefined && all.length > 1 ? `${name}:` : '';
    for (const [index, line] of lines.entries()) {
      if (patterns.some((pattern) => pattern.test(line)) === has('v')) continue;
      hits++;
      if (has('m')) {
        context.output.write(`${name ?? ''}\r\n`);
        break;
      }
      context.output.write(`${label}${has('n') ? `${index + 1}:` : ''}${line}\r\n`);
    }
  }
  return hits > 0 ? 0 : 1;
};

/** `more [file]`, `... | more`: page by page on a terminal. Enter shows one line more, Space a page, Q ends. */
export const more: Program = async (context) => {
  const { terminal, output, keyboard } = context;
  const { words } = split(context.args);
  const lines = (await sources(context, words)).flatMap(({ lines: some }) => some);
  const page = terminal ? Math.max(1, terminal.rows - 1) : lines.length;
  let room = page;
  for (const line of lines) {
    if (room === 0 && terminal) {
      output.write('-- More  -- ');
      const key = await keyboard.readKey();
      output.write('\r\u001b[K');
      if (key === undefined || /^q$/i.test(key)) return 0;
      room = key === '\r' ? 1 : page;
    }
    output.write(`${line}\r\n`);
    room--;
  }
  return 0;
};
