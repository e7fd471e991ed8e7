import type { ProgramContext } from '../../shell';

/** A command of netsh; `args` are the words behind its name. Failures are thrown as NetshFailure. */
export type NetshCommand = (context: ProgramContext, args: readonly string[]) => Promise<void>;

/** The keyword that a word stands for: itself, or the only one that begins with it, as netsh takes abbreviations. */
export function keyword<Name extends string>(
  word: string | undefined,
  names: readonly Name[],
): Name | undefined {
  const lower = (word ?? '').toLowerCase();
  if (lower === '') return undefined;
  const exact = names.find((name) => name === lower);
  const starting = names.filter((name) => name.startsWith(lower));
  return exact ?? (starting.length === 1 ? starting[0] : undefined);
}

/** `name=value` words, by the names that a command takes; undefined where one is unknown or comes twice. */
export function parameters<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Map<Name, string> | undefined {
  const found = new Map<Name, string>();
  for (const word of args) {
    const equals = word.indexOf('=');
    const name = equals > 0 ? keyword(word.slice(0, equals).trim(), names) : undefined;
    if (name === undefined || found.has(name)) return undefined;
    found.set(name, word.slice(equals + 1).trim());
  }
  return found;
}

/** How commands that changed or showed something end. */
export const OK = 'Ok.\r\n\r\n';
