import type { Builtin } from '../session';
import { splitWords } from '../split-arguments';
import { decodeText, isMarkedUtf16 } from '../text-encoding';
import { WindowsError } from '../windows-error';
import { hasWildcard } from '../windows-path';
import { matchingFiles } from './matching-files';
import { wrongSyntax } from './switch-words';

/** `type file ...`: names are printed where there are several. Hidden files are typed as well. */
export const typeFiles: Builtin = async (session, tail, { output, errors }) => {
  const names = splitWords(tail);
  if (names.length === 0) {
    errors.write(wrongSyntax);
    return 1;
  }
  let level = 0;
  for (const name of names) {
    if (/^nul:?$/i.test(name)) continue;
    const direct = hasWildcard(name) ? undefined : await session.files.stat(session.resolvePath(name));
    // A folder cannot be read as a file.
    if (direct?.folder) throw new WindowsError(5);
    const found = await matchingFiles(session, name, () => true);
    if (found.length === 0) {
      errors.write(`${new WindowsError(2).message}\r\n`);
      if (names.length > 1) errors.write(`Error occurred while processing: ${name}.\r\n`);
      level = 1;
    }
    for (const { path, facts } of found) {
      // The names go to the error stream, so that `type *.txt > all` joins the texts alone.
      if (names.length > 1 || hasWildcard(name)) errors.write(`\r\n${facts.name}\r\n\r\n\r\n`);
      const bytes = await session.files.read(path);
      // Into a file goes what is in the file, but for UTF-16, which the console's encoding takes the place of.
      if (output.writeBytes && !isMarkedUtf16(bytes)) output.writeBytes(bytes);
      else output.write(decodeText(bytes));
    }
  }
  return level;
};
