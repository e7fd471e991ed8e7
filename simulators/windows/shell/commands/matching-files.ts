import type { FileAccess, FileFacts } from '../file-access';
import { isConcealed } from '../file-attributes';
import { namePattern } from '../name-pattern';
import { hasWildcard, joinPath, parentFolder } from '../windows-path';

export interface Match {
  readonly path: string;
  readonly facts: FileFacts;
}

/** What finding files takes; a session and a program's context both have it. */
export interface PathContext {
  readonly files: FileAccess;
  resolvePath(path: string): string;
}

/** The folder and last name of a path whose last name may hold wildcards. */
export function splitPattern(
  context: PathContext,
  typed: string,
): { readonly folder: string; readonly pattern: string } {
  const cut = Math.max(typed.lastIndexOf('\\'), typed.lastIndexOf('/'), typed.lastIndexOf(':'));
  const folder = cut < 0 ? '.' : typed.slice(0, cut + 1);
  return { folder: context.resolvePath(folder), pattern: typed.slice(cut + 1) };
}

/** Files and folders that a name with or without wildcards stands for, hidden ones too. A folder stands for itself. */
export async function findMatches(context: PathContext, typed: string): Promise<readonly Match[]> {
  const { files } = context;
  if (!hasWildcard(typed)) {
    const path = context.resolvePath(typed);
    const facts = await files.stat(path);
    return facts ? [{ path: joinPath(parentFolder(path), facts.name), facts }] : [];
  }
  const { folder, pattern } = splitPattern(context, typed);
  const fits = namePattern(pattern);
  return (await files.list(folder))
    .filter((facts) => fits(facts.name))
    .map((facts) => ({ path: joinPath(folder, facts.name), facts }));
}

/** Those of the matches whose attributes pass the test. */
export async function withAttributes(
  { files }: Pick<PathContext, 'files'>,
  matches: readonly Match[],
  test: (attributes: number) => boolean,
): Promise<readonly Match[]> {
  const attributes = await files.attributes(matches.map(({ path }) => path));
  return matches.filter((_match, index) => test(attributes[index] ?? 0));
}

/**
 * Files (not folders) that a name with or without wildcards stands for; a folder stands for all its files. Hidden and
 * system files are passed over, as by cmd's copy, del, move and ren, unless `test` says otherwise.
 */
export async function matchingFiles(
  context: PathContext,
  typed: string,
  test: (attributes: number) => boolean = (attributes) => !isConcealed(attributes),
): Promise<readonly Match[]> {
  const found = await findMatches(context, typed);
  const [first] = found;
  const inside =
    first?.facts.folder && !hasWildcard(typed)
      ? await findMatches(context, joinPath(first.path, '*'))
      : found;
  return withAttributes(
    context,
    inside.filter(({ facts }) => !facts.folder),
    test,
  );
}
