import { concatBytes, encodeUtf16 } from '../../../disk/bytes';
import type { HiveKey } from '../../../disk/regf';
import { decodeText } from '../../shell';
import { cancel, type RegCommand, requireKey, succeed } from './command';
import { invalidSyntax, notFound, systemFailure } from './failure';
import { mayReplace } from './hive-commands';
import { formatKeyPath, parseKeyPath } from './key-path';
import { parseOptions } from './options';
import { formatRegFile, parseRegFile, type RegFileEntry, RegFileError } from './reg-file';
import type { KeyEdit } from './registry';

/** `reg export key file [/y]`: a .reg file in UTF-16 with its mark. */
export const exportKey: RegCommand = async (context, args) => {
  const { words, flags } = parseOptions('export', args, ['y'], []);
  const [keyName, fileName] = words;
  if (words.length !== 2 || fileName === undefined) throw invalidSyntax('export');
  const path = requireKey('export', keyName);
  const key = (await context.registry.open(path))?.key;
  if (key === undefined) throw notFound();
  const file = context.resolvePath(fileName);
  if (!flags.has('y') && !(await mayReplace(context, file, fileName))) return cancel(context);
  const text = encodeUtf16(formatRegFile(key, formatKeyPath(path)));
  await context.files.write(file, concatBytes(Uint8Array.of(0xff, 0xfe), text));
  return succeed(context);
};

/** `reg import file`. Its success goes to the error stream, a known peculiarity of the real one. */
export const importFile: RegCommand = async (context, args) => {
  const { words } = parseOptions('import', args, [], []);
  const [fileName] = words;
  if (words.length !== 1 || fileName === undefined) throw invalidSyntax('import');
  const text = decodeText(await context.files.read(context.resolvePath(fileName)));
  let entries: readonly RegFileEntry[];
  try {
    entries = parseRegFile(text);
  } catch (error) {
    // The first sentence is Windows' (general knowledge), the second one ours.
    if (error instanceof RegFileError)
      throw systemFailure(`Error accessing the registry. ${error.message}`, error);
    throw error;
  }
  const edits: KeyEdit[] = [];
  for (const entry of entries) {
    const path = parseKeyPath(entry.key);
    const refused =
      path === undefined ||
      path.names.length === 0 ||
      (entry.kind === 'delete-key' && (await context.registry.isMount(path)));
    if (refused) throw systemFailure('Error accessing the registry.');
    edits.push({ path, change: (root, below) => apply(entry, root, below) });
  }
  await context.registry.changeAll(edits);
  context.errors.write('The operation completed successfully.\r\n');
  return 0;
};

function apply(entry: RegFileEntry, root: HiveKey, below: string): void {
  if (entry.kind === 'delete-key') root.deleteKey(below);
  else if (entry.kind === 'delete-value') root.key(below)?.deleteValue(entry.name);
  else {
    const key = root.createKey(below);
    if (entry.kind === 'value') key.setValue(entry.name, entry.value);
  }
}
