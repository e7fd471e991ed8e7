import { isConcealed } from '../file-attributes';
import { renamedByMask } from '../name-pattern';
import type { Builtin } from '../session';
import { WindowsError } from '../windows-error';
import { baseName, hasWildcard, joinPath, parentFolder } from '../windows-path';
import { findMatches, type Match, withAttributes } from './matching-files';
import { switchWords, wrongSyntax } from './switch-words';

/**
 * `ren old new`: the new name has no path; both may hold wildcards. Hidden and system files are not found, which is why
 * guides take these attributes away first.
 */
export const renameFiles: Builtin = async (session, tail, { errors }) => {
  const { names } = switchWords(tail);
  const [from, to] = names;
  if (from === undefined || to === undefined || names.length > 2 || /[\\/:]/.test(to)) {
    errors.write(wrongSyntax);
    return 1;
  }
  const { files } = session;
  const visible = await withAttributes(session, await findMatches(session, from), (one) => !isConcealed(one));
  // With wildcards folders stay as they are.
  const found: readonly Match[] = hasWildcard(from) ? visible.filter(({ facts }) => !facts.folder) : visible;
  // A folder is renamed without wildcards only.
  const wild = hasWildcard(from) || hasWildcard(to);
  if (wild && visible.length > 0 && !visible.some(({ facts }) => !facts.folder)) {
    errors.write(wrongSyntax);
    return 1;
  }
  if (found.length === 0) throw new WindowsError(2);
  let level = 0;
  for (const { path, facts } of found) {
    const name = hasWildcard(to) ? renamedByMask(facts.name, to) : to;
    const target = joinPath(parentFolder(path), name);
    if (name === '' || /[<>:"/\\|?*]/.test(name)) throw new WindowsError(123);
    if (baseName(path).toLowerCase() !== name.toLowerCase() && (await files.stat(target))) {
      errors.write('A duplicate file name exists, or the file\r\ncannot be found.\r\n');
      level = 1;
      continue;
    }
    await files.rename(path, target);
  }
  return level;
};
