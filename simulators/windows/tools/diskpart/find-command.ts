import type { Command } from './command';
import { absentVerbs, type Verb, type Verbs, verbs } from './commands';

type Found =
  /** `rest` are the words left for the command; `name` is it in full, in capitals. */
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly name: string;
      readonly help: string;
      readonly rest: readonly string[];
    }
  /** The words stop where a choice is left, or name none of it. */
  | { readonly kind: 'choice'; readonly verbs: Verbs };

/** Names may be shortened to three letters, as long as only one fits. */
function byPrefix(table: Verbs, word: string): readonly [string, Verb] | undefined {
  const typed = word.toLowerCase();
  const all = table === verbs ? { ...verbs, ...absentVerbs } : table;
  const exact = Object.hasOwn(all, typed) ? all[typed] : undefined;
  if (exact) return [typed, exact];
  const fitting = typed.length < 3 ? [] : Object.entries(table).filter(([name]) => name.startsWith(typed));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The command that the words ask for. `select disk=1` is `select disk 1`. */
export function findCommand(words: readonly string[], table: Verbs = verbs, path = ''): Found {
  const [first = '', ...more] = words;
  const [word = '', value] = /^([a-z]+)=(.*)$/is.exec(first)?.slice(1) ?? [first];
  const found = byPrefix(table, word);
  if (!found) return { kind: 'choice', verbs: table };
  const [name, { does, help }] = found;
  const rest = value === undefined ? more : [value, ...more];
  const full = `${path} ${name.toUpperCase()}`.trim();
  return typeof does === 'function'
    ? { kind: 'command', command: does, name: full, help, rest }
    : findCommand(rest, does, full);
}

const session: Verbs = {
  exit: { help: 'Leave DiskPart.', does: {} },
  help: { help: 'Show this list.', does: {} },
  rem: { help: 'Do nothing: a comment in a script.', does: {} },
};

/** What there is to choose from where the words stop, or what the command does. The words are ours, the form is real. */
export function helpText(words: readonly string[]): string {
  const found = findCommand(words);
  if (found.kind === 'command') return `${found.name} - ${found.help}`;
  return Object.entries(found.verbs === verbs ? { ...verbs, ...absentVerbs, ...session } : found.verbs)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([verb, { help }]) => `${verb.toUpperCase().padEnd(12)}- ${help}`)
    .join('\r\n');
}
