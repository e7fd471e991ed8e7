import type { Builtin, ShellSession } from '../session';
import { splitWords } from '../split-arguments';
import { decodeText } from '../text-encoding';
import { WindowsError } from '../windows-error';
import { baseName, hasWildcard, joinPath, parentFolder } from '../windows-path';
import { matchingFiles } from './matching-files';

function parse(tail: string): { readonly names: readonly string[]; readonly switches: ReadonlySet<string> } {
  const words = splitWords(tail.replaceAll(/\/(?=[A-Za-z-])/g, ' /'));
  const switches = words.filter((word) => word.startsWith('/')).map((word) => word.toLowerCase());
  return { names: words.filter((word) => !word.startsWith('/')), switches: new Set(switches) };
}

/** `type file ...`: names are printed where there are several. */
export const typeFiles: Builtin = async (session, tail, { output, errors }) => {
  const { names } = parse(tail);
  if (names.length === 0) throw new WindowsError(87);
  let level = 0;
  for (const name of names) {
    const found = await matchingFiles(session, name);
    if (found.length === 0) {
      errors.write(`${new WindowsError(2).message}\r\n`);
      level = 1;
    }
    for (const { path, facts } of found) {
      if (names.length > 1 || hasWildcard(name)) output.write(`\r\n${facts.name}\r\n\r\n\r\n`);
      output.write(decodeText(await session.parts.files.read(path)));
    }
  }
  return level;
};

async function targetPath(session: ShellSession, typed: string, sourceName: string): Promise<string> {
  const path = session.resolvePath(typed);
  const found = await session.parts.files.stat(path);
  return found?.folder ? joinPath(path, sourceName) : path;
}

async function mayOverwrite(
  session: ShellSession,
  path: string,
  switches: ReadonlySet<string>,
  readLine: (prompt: string) => Promise<string | undefined>,
): Promise<'yes' | 'no' | 'all'> {
  if (switches.has('/y') || !(await session.parts.files.stat(path))) return 'yes';
  const answer = (await readLine(`Overwrite ${path}? (Yes/No/All): `)) ?? '';
  return /^a/i.test(answer) ? 'all' : /^y/i.test(answer) ? 'yes' : 'no';
}

/** `copy a b`, `copy *.log D:\logs`, `/y` asks nothing. Asks before it overwrites. */
export const copyFiles: Builtin = async (session, tail, io) => {
  const { names, switches } = parse(tail);
  const [from, to = '.'] = names;
  if (from === undefined || names.length > 2) throw new WindowsError(87);
  const found = await matchingFiles(session, from);
  if (found.length === 0) throw new WindowsError(2);
  let asked = switches;
  let copied = 0;
  for (const { path, facts } of found) {
    if (found.length > 1 || hasWildcard(from)) io.output.write(`${facts.name}\r\n`);
    const target = await targetPath(session, to, facts.name);
    if (target.toLowerCase() === path.toLowerCase()) {
      io.errors.write('The file cannot be copied onto itself.\r\n');
      continue;
    }
    const answer = await mayOverwrite(session, target, asked, (prompt) => io.input.readLine(prompt));
    if (answer === 'all') asked = new Set(['/y']);
    if (answer === 'no') continue;
    await session.parts.files.copy(path, target);
    copied++;
  }
  io.output.write(`${String(copied).padStart(9)} file(s) copied.\r\n`);
  return copied > 0 ? 0 : 1;
};

/** `move a b`, also for folders within a volume. */
export const moveFiles: Builtin = async (session, tail, { output }) => {
  const { names } = parse(tail);
  const [from, to] = names;
  if (from === undefined || to === undefined || names.length > 2) throw new WindowsError(87);
  const { files } = session.parts;
  const source = session.resolvePath(from);
  const facts = await files.stat(source);
  if (!facts) throw new WindowsError(2);
  const target = await targetPath(session, to, facts.name);
  if (!facts.folder && source.slice(0, 2) !== target.slice(0, 2)) {
    await files.copy(source, target);
    await files.removeFile(source);
  } else await files.rename(source, target);
  output.write(`${'1'.padStart(9)} ${facts.folder ? 'dir' : 'file'}(s) moved.\r\n`);
  return 0;
};

/** `del file ...`, `/q` and `/f` accepted, `/p` asks for each, a whole folder asks once. */
export const deleteFiles: Builtin = async (session, tail, io) => {
  const { names, switches } = parse(tail);
  if (names.length === 0) throw new WindowsError(87);
  let level = 0;
  for (const name of names) {
    const found = await matchingFiles(session, name);
    if (found.length === 0) {
      io.errors.write(`Could Not Find ${hasWildcard(name) ? name : session.resolvePath(name)}\r\n`);
      level = 1;
      continue;
    }
    const whole = hasWildcard(name)
      ? /(^|[\\/:])\*(\.\*)?$/.test(name)
      : (await session.parts.files.stat(session.resolvePath(name)))?.folder;
    if (whole && !switches.has('/q')) {
      const answer = await io.input.readLine(
        `${parentFolder(found[0]?.path ?? '')}\\*, Are you sure (Y/N)? `,
      );
      if (!/^y/i.test(answer ?? '')) continue;
    }
    for (const { path } of found) {
      if (switches.has('/p') && !/^y/i.test((await io.input.readLine(`${path}, Delete (Y/N)? `)) ?? ''))
        continue;
      await session.parts.files.removeFile(path);
    }
  }
  return level;
};

/** `ren old new`: the new name has no path. */
export const renameFile: Builtin = async (session, tail, { errors }) => {
  const { names } = parse(tail);
  const [from, to] = names;
  if (
    from === undefined ||
    to === undefined ||
    names.length > 2 ||
    /[\\/:*?]/.test(to) ||
    hasWildcard(from)
  ) {
    errors.write('The syntax of the command is incorrect.\r\n');
    return 1;
  }
  const source = session.resolvePath(from);
  const { files } = session.parts;
  if (!(await files.stat(source))) throw new WindowsError(2);
  const target = joinPath(parentFolder(source), to);
  if (baseName(source).toLowerCase() !== to.toLowerCase() && (await files.stat(target))) {
    errors.write('A duplicate file name exists, or the file\r\ncannot be found.\r\n');
    return 1;
  }
  await files.rename(source, target);
  return 0;
};
