import { decodeText, joinPath, namePattern, type Program, type ProgramContext } from '../shell';
import { findstrPattern } from './findstr-pattern';
import { fileSources, inputLines, splitLines, type TextSource } from './text-lines';

interface Request {
  readonly flags: ReadonlySet<string>;
  /** `/c:text`. */
  readonly phrases: readonly string[];
  readonly words: readonly string[];
  /** `/g:file` and `/f:file`. */
  readonly textFile: string | undefined;
  readonly listFile: string | undefined;
}

function parse(args: readonly string[]): Request | undefined {
  const flags = new Set<string>();
  const phrases: string[] = [];
  const words: string[] = [];
  let [textFile, listFile]: (string | undefined)[] = [];
  for (const word of args) {
    const [, name = '', value = ''] = /^\/([cgfad]):(.*)$/is.exec(word) ?? [];
    if (/^c$/i.test(name)) phrases.push(value);
    else if (/^g$/i.test(name)) textFile = value;
    else if (/^f$/i.test(name)) listFile = value;
    else if (name !== '' || /^\/off(line)?$/i.test(word)) continue;
    else if (/^\/[bcelrsivxnmop]+$/i.test(word))
      for (const flag of word.slice(1).toLowerCase()) flags.add(flag);
    else if (/^\/[a-z]/i.test(word)) return undefined;
    else words.push(word);
  }
  return { flags, phrases, words, textFile, listFile };
}

/** Below the folder of the pattern, as `/s` wants it; names stand as they are seen from the current folder. */
async function treeSources(context: ProgramContext, typed: string): Promise<readonly TextSource[]> {
  const cut = Math.max(typed.lastIndexOf('\\'), typed.lastIndexOf(':'));
  const [prefix, fits] = [typed.slice(0, cut + 1), namePattern(typed.slice(cut + 1))];
  const found: TextSource[] = [];
  const walk = async (folder: string, shown: string): Promise<void> => {
    const entries = await context.files.list(folder);
    for (const { name, folder: isFolder } of entries)
      if (!isFolder && fits(name)) {
        const text = decodeText(await context.files.read(joinPath(folder, name)));
        found.push({ name: `${shown}${name}`, lines: splitLines(text) });
      }
    for (const { name, folder: isFolder, junction } of entries)
      if (isFolder && !junction) await walk(joinPath(folder, name), `${shown}${name}\\`);
  };
  await walk(context.resolvePath(prefix === '' ? '.' : prefix), prefix);
  return found;
}

async function sources(context: ProgramContext, names: readonly string[], tree: boolean) {
  if (names.length === 0) return [{ name: undefined, lines: await inputLines(context) }];
  const found: TextSource[] = [];
  for (const name of names) {
    const some = await (tree ? treeSources(context, name) : fileSources(context, name)).catch(
      () => undefined,
    );
    if (some) found.push(...some);
    else context.errors.write(`FINDSTR: Cannot open ${name}\r\n`);
  }
  return found;
}

/**
 * `findstr [/b] [/e] [/l | /r] [/s] [/i] [/x] [/v] [/n] [/m] [/o] [/c:text] [/g:file] [/f:file] words [file ...]`: the words of
 * the search text are alternatives. 0 found, 1 not, 2 bad command line.
 */
export const findstr: Program = async (context) => {
  const request = parse(context.args);
  const { output } = context;
  const flags = request?.flags ?? new Set<string>();
  const has = (flag: string): boolean => flags.has(flag);
  const given = request !== undefined && (request.phrases.length > 0 || request.textFile !== undefined);
  const text = given ? undefined : request?.words[0];
  if (!request || (!given && text === undefined)) {
    context.errors.write('FINDSTR: Bad command line\r\n');
    return 2;
  }
  const readLines = async (name: string): Promise<readonly string[]> =>
    splitLines(decodeText(await context.files.read(context.resolvePath(name))));
  const phrases = [...request.phrases, ...(request.textFile ? await readLines(request.textFile) : [])];
  const words = (text ?? '').split(' ').filter((word) => word !== '');
  const options = {
    ignoreCase: has('i'),
    atStart: has('b') || has('x'),
    atEnd: has('e') || has('x'),
  };
  // Without /l and /r, words are expressions and /c texts are literal.
  const tests = [
    ...phrases.map((phrase) => findstrPattern(phrase, { ...options, literal: !has('r') })),
    ...words.map((word) => findstrPattern(word, { ...options, literal: has('l') })),
  ];
  const names = [
    ...(given ? request.words : request.words.slice(1)),
    ...(request.listFile ? await readLines(request.listFile) : []),
  ];
  const all = await sources(context, names, has('s'));
  const named = all.length > 1 || has('s') || names.length > 1 || names.some((name) => /[*?]/.test(name));
  let hits = 0;
  for (const { name, lines } of all) {
    const label = name !== undefined && named ? `${name}:` : '';
    let offset = 0;
    for (const [index, line] of lines.entries()) {
      const start = offset;
      offset += line.length + 2;
      if (tests.some((test) => test(line)) === has('v')) continue;
      hits++;
      if (has('m')) {
        output.write(`${name ?? ''}\r\n`);
        break;
      }
      const place = `${has('n') ? `${index + 1}:` : ''}${has('o') ? `${start}:` : ''}`;
      output.write(`${label}${place}${line}\r\n`);
    }
  }
  return hits > 0 ? 0 : 1;
};
