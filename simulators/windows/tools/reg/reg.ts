import { DiskFormatError } from '../../../disk/bytes';
import { type Program, WindowsError } from '../../shell';
import { add, remove } from './change';
import type { RegCommand } from './command';
import { invalidSyntax, RegFailure } from './failure';
import { helpText, type RegVerb } from './help';
import { copy, load, restore, save, unload } from './hive-commands';
import { query } from './query';
import { Registry } from './registry';
import { exportKey, importFile } from './transfer';

const verbs: Readonly<Record<RegVerb, RegCommand>> = {
  query,
  add,
  delete: remove,
  copy,
  save,
  restore,
  load,
  unload,
  export: exportKey,
  import: importFile,
};

function failureLines(error: unknown): readonly string[] | undefined {
  if (error instanceof RegFailure) return error.lines;
  if (error instanceof WindowsError) return [`ERROR: ${error.message}`];
  // The text of Windows' error 1009, then our own sentence on what is wrong where.
  if (error instanceof DiskFormatError)
    return ['ERROR: The configuration registry database is corrupt.', error.message];
  return undefined;
}

/** `reg verb ...`: the registry of the running system, and hives of other systems behind `reg load`. */
export const reg: Program = async (context) => {
  const [first = '', ...args] = context.args;
  const verb = first.toLowerCase() as RegVerb;
  const isHelp = (word: string | undefined): boolean => word === '/?' || word === '-?';
  if (isHelp(first) || (Object.hasOwn(verbs, verb) && isHelp(args[0]))) {
    context.output.write(helpText(isHelp(first) ? undefined : verb));
    return 0;
  }
  try {
    if (first.toLowerCase() === 'compare' || first.toLowerCase() === 'flags') {
      // Our text.
      throw new RegFailure([`ERROR: REG ${first.toUpperCase()} is not part of the stand-in.`]);
    }
    if (!Object.hasOwn(verbs, verb)) throw invalidSyntax('', first && `Invalid argument '${first}'.`);
    return await verbs[verb]({ ...context, registry: new Registry(context) }, args);
  } catch (error) {
    const lines = failureLines(error);
    if (lines === undefined) throw error;
    for (const line of lines) context.errors.write(`${line}\r\n`);
    return 1;
  }
};
