import {
  FileAttribute,
  findMatches,
  hasWildcard,
  isConcealed,
  joinPath,
  type Match,
  namePattern,
  type Program,
  type ProgramContext,
  parentFolder,
  WindowsError,
} from '../shell';
import { parseXcopy, type XcopyOptions } from './xcopy-options';

/** Ends the command with an exit code; its message is shown. */
class XcopyFailure extends Error {
  override readonly name = 'XcopyFailure';

  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

interface Work {
  readonly context: ProgramContext;
  readonly options: XcopyOptions;
  readonly fits: (name: string) => boolean;
  overwriteAll: boolean;
  copied: number;
}

/** The key pressed for a question, shown as typed; only those that are offered end it. */
async function answer({ input, output }: ProgramContext, question: string, keys: string): Promise<string> {
  output.write(question);
  for (let key = await input.readKey(); key !== undefined; key = await input.readKey()) {
    if (key === '' || !keys.includes(key.toUpperCase())) continue;
    output.write(`${key}\r\n`);
    return key.toUpperCase();
  }
  throw new XcopyFailure('', 2);
}

async function attributesOf({ context }: Work, path: string): Promise<number> {
  return (await context.files.attributes([path]))[0] ?? 0;
}

/** Whether the file is to be copied at all, the questions included. */
async function wanted(work: Work, { path, facts }: Match, to: string, attributes: number): Promise<boolean> {
  const { context, options } = work;
  if (isConcealed(attributes) && !options.hidden) return false;
  if (options.archivedOnly && (attributes & FileAttribute.archive) === 0) return false;
  const there = await context.files.stat(to);
  if (options.updateOnly && !there) return false;
  if (options.since === 'newer' && there && facts.modified <= there.modified) return false;
  if (options.since instanceof Date && facts.modified < options.since) return false;
  if (options.askEach && (await answer(context, `${path} (Y/N)? `, 'YN')) === 'N') return false;
  if (!there || options.listOnly || work.overwriteAll) return true;
  const key = await answer(context, `Overwrite ${to} (Yes/No/All)? `, 'YNA');
  if (key === 'A') work.overwriteAll = true;
  return key !== 'N';
}

async function copyOne(work: Work, match: Match, shown: string, to: string): Promise<void> {
  const { context, options } = work;
  const { files, output } = context;
  const attributes = await attributesOf(work, match.path);
  if (!(await wanted(work, match, to, attributes))) return;
  if (!options.quiet) output.write(`${options.fullNames ? `${match.path} -> ${to}` : shown}\r\n`);
  work.copied++;
  if (options.listOnly) return;
  const there = (await files.stat(to)) ? await attributesOf(work, to) : 0;
  if ((there & FileAttribute.readOnly) !== 0 && !options.overReadOnly) throw new WindowsError(5);
  await files.copy(match.path, to);
  const kept = options.keepAttributes ? attributes : attributes & ~FileAttribute.readOnly;
  if (kept !== FileAttribute.archive) await files.setAttributes(to, kept).catch(ignoreUnsupported);
  if (options.clearArchive) await files.setAttributes(match.path, attributes & ~FileAttribute.archive);
}

/** Volumes that keep no attributes still take the file. */
function ignoreUnsupported(error: unknown): void {
  if (!(error instanceof WindowsError) || error.code !== 50) throw error;
}

async function makeFolder({ context, options }: Work, path: string): Promise<void> {
  if (options.listOnly || (await context.files.stat(path))?.folder) return;
  await context.files.makeFolder(path);
}

/** Whether there is a file that fits in the folder or below. */
async function holdsSomething(work: Work, folder: string): Promise<boolean> {
  for (const { name, folder: isFolder, junction } of await work.context.files.list(folder))
    if (junction) continue;
    else if (isFolder ? await holdsSomething(work, joinPath(folder, name)) : work.fits(name)) return true;
  return false;
}

async function copyFolder(work: Work, from: string, shown: string, to: string): Promise<void> {
  const { context, options, fits } = work;
  const entries = await context.files.list(from);
  for (const facts of options.foldersOnly ? [] : entries) {
    if (facts.folder || !fits(facts.name)) continue;
    const match = { path: joinPath(from, facts.name), facts };
    try {
      await makeFolder(work, to);
      await copyOne(work, match, `${shown}${facts.name}`, joinPath(to, facts.name));
    } catch (error) {
      if (!options.goOn || !(error instanceof WindowsError)) throw error;
      context.errors.write(`${error.message}\r\n`);
    }
  }
  if (options.tree === 'none') return;
  for (const { name, folder, junction } of entries) {
    const below = joinPath(from, name);
    if (!folder || junction || (options.tree === 'filled' && !(await holdsSomething(work, below)))) continue;
    const [attributes = 0] = await context.files.attributes([below]);
    if (isConcealed(attributes) && !options.hidden) continue;
    await makeFolder(work, joinPath(to, name));
    await copyFolder(work, below, `${shown}${name}\\`, joinPath(to, name));
  }
}

/** The folder that files go to, or the one file: xcopy asks where it cannot know. */
async function targetOf(context: ProgramContext, options: XcopyOptions, several: boolean) {
  const path = context.resolvePath(options.target);
  const found = await context.files.stat(path);
  if (found?.folder || /[\\/]$/.test(options.target)) return { path, folder: true };
  if (found) return { path, folder: false };
  if (options.targetIsFolder && several) return { path, folder: true };
  const question = `Does ${path} specify a file name\r\nor directory name on the target\r\n(F = file, D = directory)?`;
  return { path, folder: (await answer(context, question, 'FD')) === 'D' };
}

async function run(context: ProgramContext, options: XcopyOptions): Promise<number> {
  const { source } = options;
  const path = hasWildcard(source) ? undefined : context.resolvePath(source);
  const facts = path === undefined ? undefined : await context.files.stat(path);
  const cut = Math.max(source.lastIndexOf('\\'), source.lastIndexOf(':'));
  const name = facts?.folder ? '*' : source.slice(cut + 1);
  const from = facts?.folder ? (path ?? '') : context.resolvePath(cut < 0 ? '.' : source.slice(0, cut + 1));
  const found = facts?.folder || (await findMatches(context, source)).some((one) => !one.facts.folder);
  if (!found && options.tree === 'none') throw new XcopyFailure(`File not found - ${name}`, 4);
  const several = facts?.folder === true || hasWildcard(source);
  const target = await targetOf(context, options, several);
  const inside = `${target.path}\\`.toLowerCase().startsWith(`${from}\\`.toLowerCase());
  if (inside && options.tree !== 'none') throw new XcopyFailure('Cannot perform a cyclic copy', 4);
  const overwriteAll = options.overwrite ?? false;
  const work: Work = { context, options, fits: namePattern(name), overwriteAll, copied: 0 };
  const shown = facts?.folder ? `${source.replace(/\\$/, '')}\\` : source.slice(0, cut + 1);
  if (target.folder) {
    if (options.tree === 'all') await makeFolder(work, target.path);
    await copyFolder(work, from, shown, target.path);
  } else {
    await makeFolder(work, parentFolder(target.path));
    for (const match of await findMatches(context, source))
      if (!match.facts.folder) await copyOne(work, match, `${shown}${match.facts.name}`, target.path);
  }
  return work.copied;
}

/**
 * `xcopy source [target]` with `/s /e /i /y /-y /h /k /r /c /q /f /l /t /u /d /a /m /p`. 0 copied, 1 nothing found to copy,
 * 2 ended by the user, 4 wrong parameters, 5 a file could not be written.
 */
export const xcopy: Program = async (context) => {
  const options = parseXcopy(context.args);
  if (typeof options === 'string') {
    context.errors.write(`${options}\r\n`);
    return 4;
  }
  const summary = (count: number): string => `${count} File(s)${options.listOnly ? '' : ' copied'}\r\n`;
  try {
    const copied = await run(context, options);
    context.output.write(summary(copied));
    return 0;
  } catch (error) {
    if (!(error instanceof XcopyFailure) && !(error instanceof WindowsError)) throw error;
    if (error.message !== '') context.errors.write(`${error.message}\r\n`);
    context.output.write(summary(0));
    return error instanceof XcopyFailure ? error.exitCode : 4;
  }
};
