import { DiskFormatError } from '../../../disk/bytes';
import { type Program, type ProgramContext, splitArguments, WindowsError } from '../../shell';
import { keyword, type NetshCommand } from './command';
import { NetshFailure, unknownCommand } from './failure';
import { isClassic, setOperationMode } from './old-firewall';
import { PROFILE_WORDS, reset, setProfiles, showProfiles } from './profiles';
import { addRule, deleteRule, setRule, showRule } from './rules';

/** Words that lead to a command, or to the next words. */
interface Branch {
  readonly [word: string]: Branch | NetshCommand;
}

const branch = (words: readonly string[], command: (word: string) => NetshCommand): Branch =>
  Object.fromEntries(words.map((word) => [word, command(word)]));

const firewall: Branch = { set: { opmode: setOperationMode } };
const CLASSIC: Branch = { firewall };
const MODERN: Branch = {
  advfirewall: {
    show: branch(PROFILE_WORDS, (word) => (context, args) => showProfiles(context, [word, ...args])),
    set: branch(PROFILE_WORDS, (word) => (context, args) => setProfiles(context, [word, ...args])),
    reset,
    firewall: {
      show: { rule: showRule },
      add: { rule: addRule },
      delete: { rule: deleteRule },
      set: { rule: setRule },
    },
  },
  firewall,
};

/** Words that name a context, where an interactive netsh can stay. */
const CONTEXTS = new Set(['advfirewall', 'firewall']);

/** Follows the words as far as they lead. */
function follow(context: ProgramContext, words: readonly string[]) {
  let here: Branch | NetshCommand = isClassic(context) ? CLASSIC : MODERN;
  const path: string[] = [];
  while (typeof here !== 'function' && path.length < words.length) {
    const name: string | undefined = keyword(words[path.length], Object.keys(here));
    if (name === undefined) break;
    here = (here as Branch)[name]!;
    path.push(name);
  }
  return { here, path, rest: words.slice(path.length) };
}

/** Runs one command. Returns the exit code. */
async function run(context: ProgramContext, words: readonly string[]): Promise<number> {
  try {
    const { here, rest } = follow(context, words);
    if (typeof here !== 'function') throw unknownCommand(words);
    await here(context, rest);
    return 0;
  } catch (error) {
    if (error instanceof NetshFailure) context.output.write(error.text);
    else if (error instanceof WindowsError || error instanceof DiskFormatError)
      context.output.write(`\r\n${error.message}\r\n\r\n`);
    else throw error;
    return 1;
  }
}

/** Prompt and commands until `exit`; a context's name enters it, `..` leaves it. */
async function interact(context: ProgramContext): Promise<number> {
  let stay: readonly string[] = [];
  for (;;) {
    const line = await context.input.readLine(`netsh${stay.map((word) => ` ${word}`).join('')}>`);
    if (line === undefined) return 0;
    const words = splitArguments(line);
    const [first = ''] = words;
    if (['exit', 'quit', 'bye'].includes(first.toLowerCase())) return 0;
    if (first === '') continue;
    if (first === '..') {
      stay = stay.slice(0, -1);
      continue;
    }
    const { here, path, rest } = follow(context, [...stay, ...words]);
    if (typeof here !== 'function' && rest.length === 0 && CONTEXTS.has(path.at(-1) ?? '')) stay = path;
    else await run(context, [...stay, ...words]);
  }
}

/**
 * `netsh advfirewall ...` and `netsh firewall set opmode`: the firewall of the running system. The other contexts
 * (interface, wlan, http, ...) are deliberately absent; netsh answers as to any word that it does not know.
 */
export const netsh: Program = async (context) =>
  context.args.length === 0 ? interact(context) : run(context, context.args);
