import { RegistryType } from '../../../disk/regf';
import { cancel, confirm, type RegCommand, requireKey, succeed } from './command';
import { invalidSyntax, notFound, systemFailure } from './failure';
import { formatKeyPath } from './key-path';
import { parseOptions } from './options';
import { parseData, typeByName } from './value-text';

/** `reg add key [/v name | /ve] [/t type] [/s separator] [/d data] [/f]` */
export const add: RegCommand = async (context, args) => {
  const { words, flags, values } = parseOptions('add', args, ['ve', 'f'], ['v', 't', 's', 'd']);
  if (words.length !== 1 || (flags.has('ve') && values.has('v'))) throw invalidSyntax('add');
  const path = requireKey('add', words[0]);
  const named = flags.has('ve') || values.has('v') || values.has('d') || values.has('t');
  const name = values.get('v') ?? '';
  const type = typeByName(values.get('t') ?? 'REG_SZ');
  const separator = values.get('s') ?? '\\0';
  if (type === undefined || separator === '') throw invalidSyntax('add');
  if (path.names.length === 0) throw systemFailure('Access is denied.');
  // A number without data is 0, as in Windows.
  const numeric = type === RegistryType.dword || type === RegistryType.qword;
  const value = parseData(type, values.get('d') ?? (numeric ? '0' : ''), separator);
  if (named && !flags.has('f') && (await context.registry.open(path))?.key?.getValue(name) !== undefined) {
    const shown = name === '' ? '(Default)' : name;
    if (!(await confirm(context, `Value ${shown} exists, overwrite(Yes/No)? `))) return cancel(context);
  }
  await context.registry.change(path, (root, below) => {
    const key = root.createKey(below);
    if (named) key.setValue(name, value);
  });
  return succeed(context);
};

/** `reg delete key [/v name | /ve | /va] [/f]` */
export const remove: RegCommand = async (context, args) => {
  const { words, flags, values } = parseOptions('delete', args, ['ve', 'va', 'f'], ['v']);
  const ways = [flags.has('ve'), flags.has('va'), values.has('v')].filter(Boolean).length;
  if (words.length !== 1 || ways > 1) throw invalidSyntax('delete');
  const path = requireKey('delete', words[0]);
  const shown = formatKeyPath(path);
  const name = flags.has('ve') ? '' : values.get('v');
  const question = flags.has('va')
    ? `Delete all values under the registry key ${shown} (Yes/No)? `
    : name === undefined
      ? `Permanently delete the registry key ${shown} (Yes/No)? `
      : `Delete the registry value ${name === '' ? '(Default)' : name} (Yes/No)? `;
  if (!flags.has('f') && !(await confirm(context, question))) return cancel(context);
  const inHive = await context.registry.isInHive(path);
  // The roots are in no hive, and where a hive begins it can only be unloaded.
  if ((ways === 0 || !inHive) && (await context.registry.isMount(path)))
    throw systemFailure('Access is denied.');
  if (!inHive) throw notFound();
  await context.registry.change(path, (root, below) => {
    const target = root.key(below);
    if (target === undefined) throw notFound();
    if (ways === 0) root.deleteKey(below);
    else if (name === undefined) for (const value of [...target.values()]) target.deleteValue(value.name);
    else if (!target.deleteValue(name)) throw notFound();
  });
  return succeed(context);
};
