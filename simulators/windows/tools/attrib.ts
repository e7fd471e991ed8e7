import {
  FileAttribute,
  findMatches,
  hasWildcard,
  joinPath,
  type Match,
  type Program,
  type ProgramContext,
  WindowsError,
} from '../shell';

const letters: Readonly<Record<string, number>> = {
  a: FileAttribute.archive,
  s: FileAttribute.system,
  h: FileAttribute.hidden,
  r: FileAttribute.readOnly,
  i: FileAttribute.notIndexed,
};

interface Request {
  readonly set: number;
  readonly clear: number;
  readonly pattern: string;
  readonly recursive: boolean;
  readonly folders: boolean;
}

/** `A  SHR  I` and blanks up to the path: column 13 up to Windows 8.1, 21 on Windows 10 (general knowledge). */
function attributeColumns(attributes: number, version: string): string {
  const columns: readonly (readonly [position: number, letter: string, bit: number])[] = [
    [0, 'A', FileAttribute.archive],
    [3, 'S', FileAttribute.system],
    [4, 'H', FileAttribute.hidden],
    [5, 'R', FileAttribute.readOnly],
    [8, 'I', FileAttribute.notIndexed],
  ];
  const text = [...''.padEnd(version.startsWith('6.') ? 13 : 21)];
  for (const [position, letter, bit] of columns) if ((attributes & bit) !== 0) text[position] = letter;
  return text.join('');
}

function parse(args: readonly string[]): Request | string {
  let [set, clear] = [0, 0];
  const names: string[] = [];
  const switches = new Set<string>();
  for (const word of args) {
    const [, sign, some = ''] = /^([+-])([a-z]+)$/i.exec(word) ?? [];
    if (sign !== undefined) {
      for (const letter of some.toLowerCase()) {
        const bit = letters[letter];
        if (bit === undefined) return word;
        if (sign === '+') set |= bit;
        else clear |= bit;
      }
    } else if (/^\/[sdl]$/i.test(word)) switches.add(word.toLowerCase());
    else if (/^[/+-]/.test(word)) return word;
    else names.push(word);
  }
  if (names.length > 1) return names[1] ?? '';
  const [pattern = '*'] = names;
  return { set, clear, pattern, recursive: switches.has('/s'), folders: switches.has('/d') };
}

async function matches(
  context: ProgramContext,
  { pattern, recursive, folders }: Request,
): Promise<readonly Match[]> {
  const wild = hasWildcard(pattern);
  const direct = (await findMatches(context, pattern)).filter(
    ({ facts }) => !facts.folder || folders || !wild,
  );
  if (!recursive) return direct;
  const cut = Math.max(pattern.lastIndexOf('\\'), pattern.lastIndexOf(':'));
  const name = pattern.slice(cut + 1) || '*';
  const found = [...direct];
  const waiting = [context.resolvePath(cut < 0 ? '.' : pattern.slice(0, cut + 1))];
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    for (const facts of await context.files.list(folder)) {
      if (!facts.folder || facts.junction) continue;
      const path = joinPath(folder, facts.name);
      waiting.push(path);
      const inside = await findMatches(context, joinPath(path, name));
      found.push(...inside.filter((match) => !match.facts.folder || folders));
    }
  }
  return found;
}

/** Changes one file, unless it is hidden or a system file and the request leaves that as it is. */
async function change(
  { files, output }: ProgramContext,
  { path }: Match,
  { set, clear }: Request,
  before: number,
): Promise<void> {
  for (const [bit, kind] of [
    [FileAttribute.system, 'system'],
    [FileAttribute.hidden, 'hidden'],
  ] as const) {
    if ((before & bit) !== 0 && ((set | clear) & bit) === 0) {
      output.write(`Not resetting ${kind} file - ${path}\r\n`);
      return;
    }
  }
  const after = (before & ~clear) | set;
  if (after !== before) await files.setAttributes(path, after);
}

/**
 * `attrib [+r | -r] [+a | -a] [+s | -s] [+h | -h] [+i | -i] [file] [/s [/d]]`: shows or changes attributes. On volumes that
 * keep none (not NTFS) a change is refused with "The request is not supported."
 */
export const attrib: Program = async (context) => {
  const { args, files, output, errors, host } = context;
  const request = parse(args);
  if (typeof request === 'string') {
    errors.write(`Parameter format not correct - ${request}\r\n`);
    return 1;
  }
  try {
    const found = await matches(context, request);
    if (found.length === 0) {
      output.write(`File not found - ${request.pattern}\r\n`);
      return 1;
    }
    const attributes = await files.attributes(found.map(({ path }) => path));
    for (const [index, match] of found.entries()) {
      const before = attributes[index] ?? 0;
      if ((request.set | request.clear) !== 0) await change(context, match, request, before);
      else output.write(`${attributeColumns(before, host.version)}${match.path}\r\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof WindowsError)) throw error;
    if (error.code === 3) output.write(`Path not found - ${context.resolvePath(request.pattern)}\r\n`);
    else output.write(`${error.message}\r\n`);
    return 1;
  }
};
