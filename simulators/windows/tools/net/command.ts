import type { ProgramContext } from '../../shell';
import { NetFailure } from './failure';

/** A word behind `net`; `args` are the words after it. Failures are thrown as NetFailure. */
export type NetCommand = (context: ProgramContext, args: readonly string[]) => Promise<void>;

/** Line between the head and the names of a list. */
export const RULE = '-'.repeat(79);

export function succeed({ output }: ProgramContext): void {
  output.write('The command completed successfully.\r\n\r\n');
}

/** The words of a command: names in order, switches by lower-case name with the text behind their colon. */
export interface NetOptions {
  readonly words: readonly string[];
  readonly switches: ReadonlyMap<string, string | undefined>;
}

/** Sorts words and switches (`/active:yes`, `/add`). Throws `refused` for a switch that is not among `known`. */
export function parseOptions(
  args: readonly string[],
  known: readonly string[],
  refused: NetFailure,
): NetOptions {
  const words: string[] = [];
  const switches = new Map<string, string | undefined>();
  for (const word of args) {
    const [, given = '', value] = /^\/([a-z]+)(?::(.*))?$/is.exec(word) ?? [];
    if (given === '') {
      words.push(word);
      continue;
    }
    const name = given.toLowerCase() === 'del' ? 'delete' : given.toLowerCase();
    if (!known.includes(name) && name !== 'y') throw refused;
    switches.set(name, value);
  }
  return { words, switches };
}

/** `yes` or `no` behind a switch; undefined where it was not given. Throws `refused` for other words. */
export function yesOrNo({ switches }: NetOptions, name: string, refused: NetFailure): boolean | undefined {
  if (!switches.has(name)) return undefined;
  const value = switches.get(name)?.toLowerCase();
  if (value === 'yes' || value === 'y') return true;
  if (value === 'no' || value === 'n') return false;
  throw refused;
}

/** Asks a question that ends in `(Y/N) [Y]: `; Enter takes the answer in brackets, `/y` answers yes. */
export async function ask(
  { input }: ProgramContext,
  { switches }: NetOptions,
  question: string,
  usual: boolean,
): Promise<boolean> {
  if (switches.has('y')) return true;
  const answer = await input.readLine(question);
  if (answer === undefined) throw new NetFailure('\r\nNo valid response was provided.\r\n\r\n');
  if (answer.trim() === '') return usual;
  return /^\s*y/i.test(answer);
}
