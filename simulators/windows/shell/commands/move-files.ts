import type { Builtin, ShellSession } from '../session';
import { WindowsError } from '../windows-error';
import { hasWildcard, parseWindowsPath } from '../windows-path';
import { OverwriteQuestion, targetOf } from './copy-plan';
import { type Match, matchingFiles } from './matching-files';
import { switchWords, wrongSyntax } from './switch-words';

async function sourcesOf(session: ShellSession, typed: string): Promise<readonly Match[]> {
  if (!hasWildcard(typed)) {
    const path = session.resolvePath(typed);
    const facts = await session.files.stat(path);
    if (facts?.folder) return [{ path, facts }];
  }
  const found = await matchingFiles(session, typed);
  if (found.length === 0) throw new WindowsError(2);
  return found;
}

async function moveOne(session: ShellSession, { path, facts }: Match, target: string): Promise<void> {
  const { files } = session;
  const sameVolume = parseWindowsPath(path).root === parseWindowsPath(target).root;
  // Windows moves a folder within a volume only.
  if (facts.folder && !sameVolume) throw new WindowsError(5);
  const [attributes = 0] = await files.attributes([path]);
  if (sameVolume) return files.rename(path, target);
  await files.copy(path, target);
  await files.setAttributes(target, attributes).catch(() => undefined);
  await files.removeFile(path);
}

/** `move a b`, `move *.log D:\logs`, `/y`; also folders within a volume. Hidden and system files are not found. */
export const moveFiles: Builtin = async (session, tail, io) => {
  const { names, switches } = switchWords(tail);
  const [from, to = '.'] = names;
  if (from === undefined || names.length > 2) {
    io.errors.write(wrongSyntax);
    return 1;
  }
  const sources = await sourcesOf(session, from);
  const target = await targetOf(session, to);
  const several = hasWildcard(from);
  if (several && sources.length > 1 && !target.folder) {
    io.errors.write('Cannot move multiple files to a single file.\r\n');
    return 1;
  }
  const question = new OverwriteQuestion(session, switches);
  let files = 0;
  let folders = 0;
  for (const source of sources) {
    const path = target.pathFor(source.facts.name);
    if (several) io.output.write(`${source.path}\r\n`);
    if (path.toLowerCase() !== source.path.toLowerCase()) {
      const ask = (prompt: string) => io.input.readLine(prompt);
      if (!(await question.allows(session, path, ask))) continue;
      await moveOne(session, source, path);
    }
    if (source.facts.folder) folders++;
    else files++;
  }
  const moved = folders > 0 ? `${String(folders).padStart(9)} dir(s) moved.` : undefined;
  io.output.write(`${moved ?? `${String(files).padStart(9)} file(s) moved.`}\r\n`);
  return files + folders > 0 ? 0 : 1;
};
