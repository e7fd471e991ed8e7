import type { Builtin } from '../session';
import { splitWords } from '../split-arguments';
import { WindowsError } from '../windows-error';
import { baseName } from '../windows-path';

/** `cd`, `cd /d D:\x`, `cd..`, `cd \Program Files` (blanks need no quotes). */
export const changeFolder: Builtin = async (session, tail, { output }) => {
  const andDrive = /^\s*\/d(?=\s|$)/i.test(tail);
  const target = tail
    .replace(/^\s*\/d(?=\s|$)/i, '')
    .trim()
    .replaceAll('"', '');
  if (target === '') {
    output.write(`${session.folder}\r\n`);
    return 0;
  }
  if (/^[A-Za-z]:$/.test(target) && !andDrive) {
    await session.enter(session.folderOf(target), false);
    output.write(`${session.folderOf(target)}\r\n`);
    return 0;
  }
  await session.enter(session.resolvePath(target), andDrive);
  return 0;
};

/** `md a\b\c` makes all three. */
export const makeFolder: Builtin = async (session, tail, { errors }) => {
  const names = splitWords(tail);
  if (names.length === 0) throw new WindowsError(87);
  let level = 0;
  for (const name of names) {
    try {
      await session.parts.files.makeFolder(session.resolvePath(name));
    } catch (error) {
      if (!(error instanceof WindowsError) || error.code !== 80) throw error;
      errors.write(`A subdirectory or file ${name} already exists.\r\n`);
      level = 1;
    }
  }
  return level;
};

/** `rd x`, `rd /s /q x`. */
export const removeFolder: Builtin = async (session, tail, io) => {
  const words = splitWords(tail);
  const switches = new Set(words.filter((word) => word.startsWith('/')).map((word) => word.toLowerCase()));
  const names = words.filter((word) => !word.startsWith('/'));
  if (names.length === 0) throw new WindowsError(87);
  for (const name of names) {
    const path = session.resolvePath(name);
    const recursive = switches.has('/s');
    if (!(await session.parts.files.stat(path))) throw new WindowsError(2);
    // A root has no name and cannot be removed.
    if (baseName(path) === '') throw new WindowsError(5);
    if (recursive && !switches.has('/q')) {
      const answer = await io.input.readLine(`${name}, Are you sure (Y/N)? `);
      if (!/^y/i.test(answer ?? '')) continue;
    }
    await session.parts.files.removeFolder(path, { recursive });
  }
  return 0;
};
