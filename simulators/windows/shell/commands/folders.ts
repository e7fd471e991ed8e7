import type { Builtin, ShellSession } from '../session';
import { splitWords } from '../split-arguments';
import { WindowsError } from '../windows-error';
import { baseName, hasWildcard, parentFolder } from '../windows-path';
import { findMatches } from './matching-files';
import { switchWords, wrongSyntax } from './switch-words';

/** A path with wildcards stands for the first folder that fits; the name comes out in its own case. */
async function folderNamed(session: ShellSession, typed: string): Promise<string> {
  const path = hasWildcard(typed)
    ? (await findMatches(session, typed)).find(({ facts }) => facts.folder)?.path
    : session.resolvePath(typed);
  if (path === undefined) throw new WindowsError(3);
  return path;
}

/** `cd`, `cd /d D:\x`, `cd..`, `cd \Program Files` (blanks need no quotes). */
export const changeFolder: Builtin = async (session, tail, { output, errors }) => {
  const andDrive = /^\s*\/d(?=\s|$)/i.test(tail);
  const target = tail
    .replace(/^\s*\/d(?=\s|$)/i, '')
    .trim()
    .replaceAll('"', '');
  if (target === '') {
    output.write(`${session.folder}\r\n`);
    return 0;
  }
  if (/^\\\\[^\\?.]/.test(target)) {
    errors.write(`'${target}'\r\nCMD does not support UNC paths as current directories.\r\n`);
    return 1;
  }
  if (/^[A-Za-z]:$/.test(target) && !andDrive) {
    await session.enter(session.folderOf(target), false);
    output.write(`${session.folderOf(target)}\r\n`);
    return 0;
  }
  await session.enter(await folderNamed(session, target), andDrive);
  return 0;
};

/** `pushd D:\x` remembers the current folder and goes there; alone it lists what is remembered. */
export const pushFolder: Builtin = async (session, tail, { output, errors }) => {
  const target = tail.trim().replaceAll('"', '');
  if (target === '') {
    for (const folder of [...session.folderStack].reverse()) output.write(`${folder}\r\n`);
    return 0;
  }
  if (/^\\\\[^\\?.]/.test(target)) {
    // Windows would give a share a letter; there is no network here.
    errors.write(`${new WindowsError(53).message}\r\n`);
    return 1;
  }
  const left = session.folder;
  await session.enter(await folderNamed(session, target), true);
  session.folderStack.push(left);
  return 0;
};

/** `popd` goes back to where the last `pushd` came from. */
export const popFolder: Builtin = async (session) => {
  const folder = session.folderStack.pop();
  if (folder === undefined) return 1;
  await session.enter(folder, true);
  return undefined;
};

/** `md a\b\c` makes all three. */
export const makeFolder: Builtin = async (session, tail, { errors }) => {
  const names = splitWords(tail);
  if (names.length === 0) {
    errors.write(wrongSyntax);
    return 1;
  }
  let level = 0;
  for (const name of names) {
    try {
      await session.files.makeFolder(session.resolvePath(name));
    } catch (error) {
      if (!(error instanceof WindowsError)) throw error;
      level = 1;
      if (error.code === 80) errors.write(`A subdirectory or file ${name} already exists.\r\n`);
      else errors.write(`${error.message}\r\n`);
      if (names.length > 1) errors.write(`Error occurred while processing: ${name}.\r\n`);
    }
  }
  return level;
};

/** `rd x`, `rd /s /q x`. */
export const removeFolder: Builtin = async (session, tail, io) => {
  const { names, switches } = switchWords(tail);
  if (names.length === 0) {
    io.errors.write(wrongSyntax);
    return 1;
  }
  let level: number | undefined;
  for (const name of names) {
    const path = session.resolvePath(name);
    const recursive = switches.has('/s');
    try {
      if (!(await session.files.stat(path))) throw new WindowsError(2);
      // A root has no name and cannot be removed.
      if (baseName(path) === '') throw new WindowsError(5);
      if (recursive && !switches.has('/q')) {
        const answer = await io.input.readLine(`${name}, Are you sure (Y/N)? `);
        if (!/^y/i.test(answer ?? '')) continue;
      }
      // Windows does not remove the folder that someone stands in.
      const inside = `${session.folder.toLowerCase()}\\`.startsWith(`${path.toLowerCase()}\\`);
      if (inside && parentFolder(path) !== path) throw new WindowsError(32);
      await session.files.removeFolder(path, { recursive });
    } catch (error) {
      if (!(error instanceof WindowsError)) throw error;
      io.errors.write(`${error.message}\r\n`);
      if (names.length > 1) io.errors.write(`Error occurred while processing: ${name}.\r\n`);
      level = error.code;
    }
  }
  return level;
};
