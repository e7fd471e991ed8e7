import type { FileFacts } from '../file-access';
import type { ShellSession } from '../session';
import { hasWildcard, joinPath, namePattern, parentFolder } from '../windows-path';

interface Match {
  readonly path: string;
  readonly facts: FileFacts;
}

/** The folder and last name of a path whose last name may hold wildcards. */
export function splitPattern(
  session: ShellSession,
  typed: string,
): { readonly folder: string; readonly pattern: string } {
  const cut = Math.max(typed.lastIndexOf('\\'), typed.lastIndexOf('/'), typed.lastIndexOf(':'));
  const folder = cut < 0 ? '.' : typed.slice(0, cut + 1);
  return { folder: session.resolvePath(folder), pattern: typed.slice(cut + 1) };
}

/** Files (not folders) that a name with or without wildcards stands for; a folder stands for all its files. */
export async function matchingFiles(session: ShellSession, typed: string): Promise<readonly Match[]> {
  const { files } = session.parts;
  let { folder, pattern } = hasWildcard(typed) ? splitPattern(session, typed) : { folder: '', pattern: '' };
  if (pattern === '') {
    const path = session.resolvePath(typed);
    const facts = await files.stat(path);
    if (!facts) return [];
    if (!facts.folder) return [{ path: joinPath(parentFolder(path), facts.name), facts }];
    folder = path;
    pattern = '*';
  }
  const fits = namePattern(pattern);
  return (await files.list(folder))
    .filter((facts) => !facts.folder && fits(facts.name))
    .map((facts) => ({ path: joinPath(folder, facts.name), facts }));
}
