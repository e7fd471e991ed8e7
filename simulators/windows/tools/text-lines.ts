import { decodeText, findMatches, type ProgramContext, WindowsError } from '../shell';

/** The lines of one file, or of the program's input where there is no name. */
export interface TextSource {
  readonly name: string | undefined;
  readonly lines: readonly string[];
}

export function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

export async function inputLines({ input }: ProgramContext): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let line = await input.readLine(''); line !== undefined; line = await input.readLine(''))
    lines.push(line);
  return lines;
}

/** One name may hold wildcards; its files keep the folder as typed. Throws WindowsError 2 where there is none. */
export async function fileSources(context: ProgramContext, typed: string): Promise<readonly TextSource[]> {
  const cut = Math.max(typed.lastIndexOf('\\'), typed.lastIndexOf(':'));
  const found = (await findMatches(context, typed)).filter(({ facts }) => !facts.folder);
  if (found.length === 0) throw new WindowsError(2);
  const sources: TextSource[] = [];
  for (const { path, facts } of found) {
    const lines = splitLines(decodeText(await context.files.read(path)));
    sources.push({ name: /[*?]/.test(typed) ? `${typed.slice(0, cut + 1)}${facts.name}` : typed, lines });
  }
  return sources;
}
