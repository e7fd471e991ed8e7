import { createHive, type HiveKey } from '../../../disk/regf';
import { WindowsError } from '../../shell';
import { now, readHiveFile } from '../system-hives';
import { cancel, confirm, type RegCommand, type RegContext, requireKey, succeed } from './command';
import { invalidSyntax, notFound, systemFailure } from './failure';
import { addLoadedHive, loadedHives, removeLoadedHive } from './loaded-hives';
import { parseOptions } from './options';

/** `reg load HKLM\name file`: the hive appears below HKLM or HKU until `reg unload` or a restart. */
export const load: RegCommand = async (context, args) => {
  const { words } = parseOptions('load', args, [], []);
  const [keyName, fileName] = words;
  if (words.length !== 2 || fileName === undefined) throw invalidSyntax('load');
  const { root, names } = requireKey('load', keyName);
  const [name] = names;
  if (name === undefined || names.length !== 1 || !isLoadable(root)) throw invalidSyntax('load');
  const file = context.resolvePath(fileName);
  const inUse = (await context.registry.filesInUse()).map((one) => one.toLowerCase());
  // Windows holds its hives open.
  if (inUse.includes(file.toLowerCase())) throw new WindowsError(32);
  if (await context.registry.isMount({ root, names })) throw systemFailure('Access is denied.');
  await readHiveFile(context, file);
  addLoadedHive(context.host, { root, name, file });
  return succeed(context);
};

/** `reg unload HKLM\name` */
export const unload: RegCommand = async (context, args) => {
  const { words } = parseOptions('unload', args, [], []);
  if (words.length !== 1) throw invalidSyntax('unload');
  const { root, names } = requireKey('unload', words[0]);
  if (names.length !== 1 || !isLoadable(root)) throw invalidSyntax('unload');
  const wanted = names[0]?.toLowerCase();
  const hive = loadedHives(context.host).find(
    (one) => one.root === root && one.name.toLowerCase() === wanted,
  );
  if (hive === undefined) {
    const system = await context.registry.isMount({ root, names });
    throw systemFailure(system ? 'Access is denied.' : 'The parameter is incorrect.');
  }
  removeLoadedHive(context.host, hive);
  return succeed(context);
};

/** `reg save key file [/y]`: the key and all below it as a hive file. */
export const save: RegCommand = async (context, args) => {
  const { words, flags } = parseOptions('save', args, ['y'], []);
  const [keyName, fileName] = words;
  if (words.length !== 2 || fileName === undefined) throw invalidSyntax('save');
  const source = (await context.registry.open(requireKey('save', keyName)))?.key;
  if (source === undefined) throw notFound();
  const file = context.resolvePath(fileName);
  if (!flags.has('y') && !(await mayReplace(context, file, fileName))) return cancel(context);
  const hive = createHive(source.name, { clock: now });
  copyTree(source, hive.root, true);
  await context.files.writeAtomically(file, hive.serialize());
  return succeed(context);
};

/** `reg restore key file`: the key gets exactly what the hive file holds. */
export const restore: RegCommand = async (context, args) => {
  const { words } = parseOptions('restore', args, [], []);
  const [keyName, fileName] = words;
  if (words.length !== 2 || fileName === undefined) throw invalidSyntax('restore');
  const path = requireKey('restore', keyName);
  if ((await context.registry.open(path))?.key === undefined) throw notFound();
  const hive = await readHiveFile(context, context.resolvePath(fileName));
  await context.registry.change(path, (root, below) => {
    const target = root.key(below) ?? root.createKey(below);
    for (const value of [...target.values()]) target.deleteValue(value.name);
    for (const child of [...target.subkeys()]) target.deleteKey(child.name);
    copyTree(hive.root, target, true);
  });
  return succeed(context);
};

/** `reg copy from to [/s] [/f]` */
export const copy: RegCommand = async (context, args) => {
  const { words, flags } = parseOptions('copy', args, ['s', 'f'], []);
  if (words.length !== 2) throw invalidSyntax('copy');
  const source = (await context.registry.open(requireKey('copy', words[0])))?.key;
  const path = requireKey('copy', words[1]);
  if (source === undefined) throw notFound();
  const target = (await context.registry.open(path))?.key;
  if (!flags.has('f')) {
    for (const { name } of source.values()) {
      const shown = name === '' ? '(Default)' : name;
      const clash = target?.getValue(name) !== undefined;
      if (clash && !(await confirm(context, `Value ${shown} exists, overwrite(Yes/No)? `)))
        return cancel(context);
    }
  }
  await context.registry.change(path, (root, below) =>
    copyTree(source, root.createKey(below), flags.has('s')),
  );
  return succeed(context);
};

function isLoadable(root: string): boolean {
  return root === 'HKEY_LOCAL_MACHINE' || root === 'HKEY_USERS';
}

/** Whether a file is not there or may be replaced. Shared with export. */
export async function mayReplace(context: RegContext, file: string, shown: string): Promise<boolean> {
  if ((await context.files.stat(file)) === undefined) return true;
  return confirm(context, `File ${shown} already exists. Overwrite (Yes/No)? `);
}

function copyTree(from: HiveKey, to: HiveKey, recursive: boolean): void {
  // Taken first: the target may lie below the source.
  const children = recursive ? [...from.subkeys()] : [];
  to.className ??= from.className;
  for (const { name, type, data } of from.values()) to.setValue(name, { type, data });
  for (const child of children) copyTree(child, to.createKey(child.name), true);
}
