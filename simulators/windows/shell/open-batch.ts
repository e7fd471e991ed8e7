import type { BatchFrame } from './batch-frame';
import type { ShellSession } from './session';
import { decodeText } from './text-encoding';

/** The words behind a batch file's name: blanks, commas, semicolons and equals signs separate; quotes stay. */
export function batchWords(tail: string): string[] {
  return [...tail.matchAll(/(?:"[^"]*"?|[^\s,;="])+/g)].map(([word]) => word);
}

/** Opens a batch file. @param name as it was called; `tail` is the text behind it. */
export async function batchFrame(
  session: ShellSession,
  path: string,
  name: string,
  tail: string,
): Promise<BatchFrame> {
  const text = decodeText(await session.files.read(path));
  return {
    path,
    // Ctrl-Z ends a text file of DOS.
    lines: text.replace(/\u001a[\s\S]*$/, '').split(/\r?\n/),
    position: 0,
    args: [name, ...batchWords(tail)],
    allArguments: tail.trim(),
    depth: (session.batch?.depth ?? 0) + 1,
  };
}
