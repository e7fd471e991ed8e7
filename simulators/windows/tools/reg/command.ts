import type { ProgramContext } from '../../shell';
import { invalidKeyName } from './failure';
import { type KeyPath, parseKeyPath } from './key-path';
import type { Registry } from './registry';

/** What a verb of `reg` gets. */
export interface RegContext extends ProgramContext {
  readonly registry: Registry;
}

/** A verb; `args` are the words behind it. Returns the exit code. */
export type RegCommand = (context: RegContext, args: readonly string[]) => Promise<number>;

/** The key that a word names. Throws `ERROR: Invalid key name.` */
export function requireKey(verb: string, text: string | undefined): KeyPath {
  const path = text === undefined ? undefined : parseKeyPath(text);
  if (path === undefined) throw invalidKeyName(verb);
  return path;
}

/** Asks until there is a yes or a no; the end of input is a no. */
export async function confirm({ input }: ProgramContext, question: string): Promise<boolean> {
  for (;;) {
    const answer = await input.readLine(question);
    if (answer === undefined || /^\s*n(o)?\s*$/i.test(answer)) return false;
    if (/^\s*y(es)?\s*$/i.test(answer)) return true;
  }
}

export function succeed({ output }: ProgramContext): number {
  output.write('The operation completed successfully.\r\n');
  return 0;
}

/** What reg says after a "no" (general knowledge: the text of error 1223). */
export function cancel({ output }: ProgramContext): number {
  output.write('The operation was canceled by the user.\r\n');
  return 0;
}
