import type { HiveValue } from '../../../disk/regf';
import { type RegCommand, type RegContext, requireKey } from './command';
import { invalidSyntax, notFound } from './failure';
import { parseOptions, type RegOptions } from './options';
import type { RegistryKey } from './registry';
import { dataText, typeByName, typeName } from './value-text';

/** What to show of each key. */
interface Search {
  /** Name of the one value that was asked for; the empty text is the default value. */
  readonly value: string | undefined;
  readonly matches: ((text: string) => boolean) | undefined;
  readonly inKeys: boolean;
  readonly inNames: boolean;
  readonly inData: boolean;
  readonly types: ReadonlySet<number> | undefined;
  readonly separator: string;
  readonly verbose: boolean;
}

/**
 * `reg query key [/v name | /ve] [/s] [/f text [/k] [/v] [/d] [/c] [/e]] [/t types] [/z] [/se separator]`; beside `/f` a
 * bare `/v` stands for names of values (documented). Layout of Windows Vista and later: four blanks between name, type
 * and data; a blank line before and after the values of a key.
 */
export const query: RegCommand = async (context, args) => {
  const options = parseOptions(
    'query',
    args,
    ['ve', 's', 'k', 'd', 'c', 'e', 'z'],
    ['v', 'f', 't', 'se'],
    ['v'],
  );
  const search = searchOf(options);
  if (options.words.length !== 1) throw invalidSyntax('query');
  const key = await context.registry.open(requireKey('query', options.words[0]));
  if (key === undefined) throw notFound();
  const recursive = options.flags.has('s');
  if (search.matches !== undefined || (search.value !== undefined && recursive) || search.types !== undefined)
    return find(context, key, search, recursive);
  if (search.value !== undefined) return showValue(context, key, search.value, search);
  await showKey(context, key, search, recursive);
  return 0;
};

function searchOf({ flags, values }: RegOptions): Search {
  const one = flags.has('ve') ? '' : values.get('v');
  if (flags.has('ve') && (values.has('v') || flags.has('v'))) throw invalidSyntax('query');
  const text = values.get('f');
  const narrowed = flags.has('k') || flags.has('v') || flags.has('d');
  if (text === undefined && (narrowed || flags.has('c') || flags.has('e'))) throw invalidSyntax('query');
  const types = values
    .get('t')
    ?.split(',')
    .map((name) => typeByName(name.trim()));
  if (types?.includes(undefined)) throw invalidSyntax('query');
  return {
    value: one,
    matches: text === undefined ? undefined : matcher(text, flags.has('c'), flags.has('e')),
    inKeys: one === undefined && (flags.has('k') || !narrowed),
    inNames: one === undefined && (flags.has('v') || !narrowed),
    inData: flags.has('d') || !narrowed || one !== undefined,
    types: types && new Set(types.filter((type) => type !== undefined)),
    separator: values.get('se') ?? '\\0',
    verbose: flags.has('z'),
  };
}

function matcher(text: string, exactCase: boolean, whole: boolean): (other: string) => boolean {
  const fold = (other: string) => (exactCase ? other : other.toLowerCase());
  const wanted = fold(text);
  if (whole) return (other) => fold(other) === wanted;
  if (!/[*?]/.test(wanted)) return (other) => fold(other).includes(wanted);
  const source = wanted
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (other) => expression.test(fold(other));
}

function line(value: HiveValue, { separator, verbose }: Search): string {
  const name = value.name === '' ? '(Default)' : value.name;
  const type = `${typeName(value.type)}${verbose ? ` (${value.type})` : ''}`;
  return `    ${name}    ${type}    ${dataText(value, separator)}\r\n`;
}

/** The default value comes first, whatever its place in the hive. */
function ordered(values: readonly HiveValue[]): readonly HiveValue[] {
  return [...values.filter(({ name }) => name === ''), ...values.filter(({ name }) => name !== '')];
}

function showValue({ output }: RegContext, key: RegistryKey, name: string, search: Search): number {
  const value = named(key, name);
  if (value === undefined && name !== '') throw notFound();
  const text = value ? line(value, search) : '    (Default)    REG_SZ    (value not set)\r\n';
  output.write(`\r\n${key.path}\r\n${text}\r\n`);
  return 0;
}

function named(key: RegistryKey, name: string): HiveValue | undefined {
  return key.values.find((value) => value.name.toLowerCase() === name.toLowerCase());
}

async function showKey(
  context: RegContext,
  key: RegistryKey,
  search: Search,
  recursive: boolean,
): Promise<void> {
  const { output } = context;
  const values = ordered(key.values);
  output.write('\r\n');
  if (values.length > 0 || recursive) output.write(`${key.path}\r\n`);
  for (const value of values) output.write(line(value, search));
  const subkeys = await key.subkeys();
  if (recursive) {
    for (const subkey of subkeys) await showKey(context, subkey, search, true);
    return;
  }
  if (values.length > 0) output.write('\r\n');
  for (const subkey of subkeys) output.write(`${subkey.path}\r\n`);
}

/** Shows what matches, and how many matches there were; exit code 1 for none. */
async function find(
  { output }: RegContext,
  start: RegistryKey,
  search: Search,
  recursive: boolean,
): Promise<number> {
  let found = 0;
  const visit = async (key: RegistryKey, depth: number): Promise<void> => {
    const values = ordered(key.values).filter((value) => wanted(value, search));
    const name = key.path.slice(key.path.lastIndexOf('\\') + 1);
    const keyMatches = depth > 0 && search.inKeys && search.types === undefined && search.matches?.(name);
    if (keyMatches || values.length > 0) output.write(`\r\n${key.path}\r\n`);
    for (const value of values) output.write(line(value, search));
    found += values.length + (keyMatches ? 1 : 0);
    if (depth > 0 && !recursive) return;
    for (const subkey of await key.subkeys()) await visit(subkey, depth + 1);
  };
  await visit(start, 0);
  output.write(`\r\nEnd of search: ${found} match(es) found.\r\n`);
  return found > 0 ? 0 : 1;
}

function wanted(value: HiveValue, search: Search): boolean {
  if (search.value !== undefined && value.name.toLowerCase() !== search.value.toLowerCase()) return false;
  if (search.types !== undefined && !search.types.has(value.type)) return false;
  const { matches } = search;
  if (matches === undefined) return true;
  return (
    (search.inNames && matches(value.name)) || (search.inData && matches(dataText(value, search.separator)))
  );
}
