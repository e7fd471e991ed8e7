import type { Program, ProgramContext } from '../../shell';
import { setDefault, setOrder, setTimeout } from './boot-manager';
import { deleteElement, setElement } from './elements';
import { copyEntry, createEntry, deleteEntry, mirrorEntry } from './entries';
import { enumerate } from './enumerate';
import { BcdEditFailure, failures } from './failure';
import { globalSettings } from './global-settings';
import { helpText } from './help';
import { type OpenStore, openStore, saveStore } from './store-file';
import { setSwitch } from './switches';
import { nameSystemStore } from './system-store';
import { createStore, exportStore, importStore } from './whole-stores';

/** Seen on real Windows. */
const done = 'The operation completed successfully.\r\n';

/** Commands that change the store in hand. */
const changes: Readonly<Record<string, (open: OpenStore, words: readonly string[]) => void>> = {
  bootdebug: (open, words) => setSwitch(open, 'bootdebug', words),
  bootems: (open, words) => setSwitch(open, 'bootems', words),
  bootsequence: (open, words) => setOrder(open, 'bootsequence', words),
  debug: (open, words) => setSwitch(open, 'debug', words),
  default: setDefault,
  delete: deleteEntry,
  deletevalue: deleteElement,
  displayorder: (open, words) => setOrder(open, 'displayorder', words),
  ems: (open, words) => setSwitch(open, 'ems', words),
  set: setElement,
  timeout: setTimeout,
  toolsdisplayorder: (open, words) => setOrder(open, 'toolsdisplayorder', words),
};

/** Commands that change the store and have something to tell. */
const additions: Readonly<Record<string, (open: OpenStore, words: readonly string[]) => string>> = {
  copy: copyEntry,
  create: createEntry,
  dbgsettings: (open, words) => globalSettings(open, 'dbgsettings', words) + done,
  emssettings: (open, words) => globalSettings(open, 'emssettings', words) + done,
  hypervisorsettings: (open, words) => globalSettings(open, 'hypervisorsettings', words) + done,
  mirror: mirrorEntry,
};

/** Remote event logging is not here: the codes of its elements are not known to us. */
const absent: ReadonlySet<string> = new Set(['event', 'eventsettings']);

interface CommandLine {
  /** Absolute path, or undefined for the system store. */
  readonly store: string | undefined;
  readonly command: string;
  readonly words: readonly string[];
  readonly verbose: boolean;
}

/** `-` serves as `/`; `/store file` and `/v` may stand anywhere. */
function parse({ args, resolvePath }: ProgramContext): CommandLine {
  const [question, ...topic] = args;
  if (question === '/?' || question === '-?') {
    return { store: undefined, command: '?', words: topic, verbose: false };
  }
  let store: string | undefined;
  let verbose = false;
  const rest: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (/^[/-]store$/i.test(word)) {
      const file = args[++index];
      if (file === undefined) throw failures.commandLine('store');
      store = resolvePath(file);
    } else if (/^[/-]v$/i.test(word)) verbose = true;
    else rest.push(word);
  }
  const [command = '/enum', ...words] = rest;
  if (!/^[/-]/.test(command)) throw failures.switch(command);
  return { store, command: command.slice(1).toLowerCase(), words, verbose };
}

async function run(context: ProgramContext): Promise<string> {
  const { host, files } = context;
  const { store, command, words, verbose } = parse(context);
  const [first, ...more] = words;
  const onlyFile = (): string => {
    const plain = more.filter((word) => !(command === 'import' && /^\/clean$/i.test(word)));
    if (first === undefined || plain.length > 0) throw failures.commandLine(command);
    return context.resolvePath(first);
  };
  switch (command) {
    case '?':
    case 'h':
    case 'help': {
      const text = helpText(first);
      if (text === undefined || more.length > 0) throw failures.switch(first ?? '');
      return text;
    }
    case 'createstore':
      await createStore(files, onlyFile());
      return done;
    case 'enum':
      if (more.length > 0) throw failures.entryType();
      return enumerate(await openStore(host, files, store), first, verbose);
    case 'sysstore':
      await nameSystemStore(context, words);
      return done;
    case 'export':
      await exportStore(await openStore(host, files, store), files, onlyFile());
      return done;
    case 'import':
      await importStore(await openStore(host, files, store), files, onlyFile());
      return done;
    default: {
      const change = Object.hasOwn(changes, command) ? changes[command] : undefined;
      const addition = Object.hasOwn(additions, command) ? additions[command] : undefined;
      if (absent.has(command)) throw failures.absent(command);
      if (!change && !addition) throw failures.switch(`/${command}`);
      const open = await openStore(host, files, store);
      change?.(open, words);
      const text = addition?.(open, words) ?? done;
      const shows = command.endsWith('settings') && words.length === 0;
      if (!shows) await saveStore(files, open);
      return text;
    }
  }
}

/**
 * `bcdedit [/store file] [/command ...]`: lists and changes a boot configuration data store; without /store the running
 * system's own. Exit code 0, or 1 with a message on the error output.
 */
export const bcdedit: Program = async (context) => {
  try {
    context.output.write(await run(context));
    return 0;
  } catch (error) {
    if (!(error instanceof BcdEditFailure)) throw error;
    context.errors.write(`${error.message}\r\n`);
    return 1;
  }
};
