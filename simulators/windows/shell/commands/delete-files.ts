import { attributeFilter, FileAttribute, isConcealed } from '../file-attributes';
import type { ProgramIo } from '../program';
import type { Builtin, ShellSession } from '../session';
import { WindowsError } from '../windows-error';
import { hasWildcard, joinPath } from '../windows-path';
import { findMatches, type Match, splitPattern, withAttributes } from './matching-files';
import { invalidSwitch, switchWords, wrongSyntax } from './switch-words';

interface Deletion {
  readonly session: ShellSession;
  readonly io: ProgramIo;
  readonly force: boolean;
  readonly ask: boolean;
  /** `/s` names what it deletes. */
  readonly recursive: boolean;
  readonly test: (attributes: number) => boolean;
}

async function yes(io: ProgramIo, question: string): Promise<boolean> {
  return /^y/i.test((await io.input.readLine(question)) ?? '');
}

async function deleteOne({ session, io, force, ask, recursive }: Deletion, { path }: Match): Promise<void> {
  if (ask && !(await yes(io, `${path}, Delete (Y/N)? `))) return;
  const [attributes = 0] = await session.files.attributes([path]);
  if ((attributes & FileAttribute.readOnly) !== 0 && !force) {
    io.errors.write(`${path}\r\n${new WindowsError(5).message}\r\n`);
    return;
  }
  await session.files.removeFile(path);
  if (recursive) io.output.write(`Deleted file - ${path}\r\n`);
}

/** Deletes what fits in the folder, and with `/s` below it. Returns how many files were found. */
async function deleteIn(deletion: Deletion, folder: string, pattern: string): Promise<number> {
  const { session, recursive, test } = deletion;
  const all = await findMatches(session, joinPath(folder, pattern));
  const plain = all.filter(({ facts }) => !facts.folder);
  const found = await withAttributes(session, plain, test);
  for (const match of found) await deleteOne(deletion, match);
  let count = found.length;
  if (!recursive) return count;
  for (const { name, folder: isFolder, junction } of await session.files.list(folder))
    if (isFolder && !junction) count += await deleteIn(deletion, joinPath(folder, name), pattern);
  return count;
}

/**
 * `del file ...`: `/p` asks for each, `/f` takes read-only ones too, `/s` goes below, `/a:` picks by attributes, `/q` does
 * not ask before all files of a folder go. Hidden and system files are not found without `/a`. As on Windows the
 * result is 0 also where nothing was found.
 */
export const deleteFiles: Builtin = async (session, tail, io) => {
  const { names, switches } = switchWords(tail);
  const letters = [...switches].find((one) => one.startsWith('/a'))?.slice(2);
  const test =
    letters === undefined ? (attributes: number) => !isConcealed(attributes) : attributeFilter(letters);
  const unknown = [...switches].find((one) => !/^\/([pfsq]|a.*)$/.test(one));
  if (unknown !== undefined || !test) {
    io.errors.write(invalidSwitch(unknown ?? letters ?? ''));
    return 1;
  }
  if (names.length === 0) {
    io.errors.write(wrongSyntax);
    return 1;
  }
  const [force, ask, recursive] = [switches.has('/f'), switches.has('/p'), switches.has('/s')];
  const deletion: Deletion = { session, io, force, ask, recursive, test };
  for (const name of names) {
    const direct = hasWildcard(name) ? undefined : await session.files.stat(session.resolvePath(name));
    const path = direct?.folder ? session.resolvePath(name) : undefined;
    const { folder, pattern } =
      path === undefined ? splitPattern(session, name) : { folder: path, pattern: '*' };
    const whole = path !== undefined || /^\*(\.\*)?$/.test(pattern);
    if (whole && !switches.has('/q') && !ask) {
      const shown = joinPath(folder, pattern);
      if (!(await yes(io, `${shown}, Are you sure (Y/N)? `))) continue;
    }
    const there = (await session.files.stat(folder)) !== undefined;
    if (!there) throw new WindowsError(3);
    if ((await deleteIn(deletion, folder, pattern)) === 0) {
      const missing = hasWildcard(name) ? joinPath(folder, pattern) : session.resolvePath(name);
      if (path === undefined) io.errors.write(`Could Not Find ${missing}\r\n`);
    }
  }
  return 0;
};
