import {
  FileAttribute,
  type FileFacts,
  joinPath,
  namePattern,
  type ProgramContext,
  WindowsError,
} from '../../shell';
import { failureLines } from './failure-lines';
import type { RobocopyOptions } from './options';
import type { Tally } from './tally';

export interface RobocopyRun {
  readonly context: ProgramContext;
  readonly options: RobocopyOptions;
  readonly tally: Tally;
  readonly targetRoot: string;
  write(text: string): void;
}

/** NTFS keeps 100 ns, other volumes less: times nearer than this count as equal (ms). */
const sameTime = 2;

function fileLine({ options, write }: RobocopyRun, kind: string, size: number, name: string): void {
  if (options.fileLines) write(`\t${kind.padStart(12)}  \t\t${String(size).padStart(8)}\t${name}\r\n`);
}

function folderLine({ options, write }: RobocopyRun, kind: string, count: number, path: string): void {
  if (options.folderLines) write(`\t${kind.padEnd(10)}${String(count).padStart(10)}\t${path}\\\r\n`);
}

/** Errors are counted and shown in robocopy's form; those that are no file errors go on. */
function failed({ write }: RobocopyRun, error: unknown, doing: string, path: string): void {
  if (!(error instanceof WindowsError)) throw error;
  write(failureLines(error, doing, path));
}

/** What the copy of a file would be called in the list, or undefined where the target has the same one already. */
function change(run: RobocopyRun, from: FileFacts, to: FileFacts | undefined): string | undefined {
  if (!to) return 'New File';
  const later = from.modified.getTime() - to.modified.getTime();
  const same = from.sizeBytes === to.sizeBytes && Math.abs(later) <= sameTime;
  if (same) return run.options.includeSame ? 'Same' : undefined;
  if (later > sameTime) return 'Newer';
  if (later < -sameTime) return run.options.excludeOlder ? undefined : 'Older';
  return 'Changed';
}

async function copyFile(run: RobocopyRun, from: string, to: string, facts: FileFacts, there?: FileFacts) {
  const { options, tally } = run;
  const { files } = run.context;
  const kind = change(run, facts, there);
  if (kind === undefined) {
    tally.countFile('skipped', facts.sizeBytes);
    return;
  }
  fileLine(run, kind, facts.sizeBytes, facts.name);
  try {
    if (!options.listOnly) {
      const [attributes = FileAttribute.archive] = await files.attributes([from]);
      await files.copy(from, to);
      if (options.attributes && attributes !== FileAttribute.archive)
        await files.setAttributes(to, attributes).catch(() => undefined);
      if (options.move !== 'no') await files.removeFile(from);
    }
    tally.countFile('copied', facts.sizeBytes);
  } catch (error) {
    tally.countFile('failed', facts.sizeBytes);
    failed(run, error, 'Copying File', from);
  }
}

/** Removes from the target what the source does not have, or only tells of it. */
async function extra(run: RobocopyRun, folder: string, facts: FileFacts): Promise<void> {
  const { options, tally } = run;
  const { files } = run.context;
  const path = joinPath(folder, facts.name);
  if (facts.folder) {
    tally.folders.extras++;
    folderLine(run, '*EXTRA Dir', -1, path);
  } else {
    tally.countFile('extras', facts.sizeBytes);
    fileLine(run, '*EXTRA File', facts.sizeBytes, facts.name);
  }
  if (!options.purge || options.listOnly) return;
  try {
    await (facts.folder ? files.removeFolder(path, { recursive: true }) : files.removeFile(path));
  } catch (error) {
    failed(run, error, facts.folder ? 'Deleting Extra Directory' : 'Deleting Extra File', path);
    tally.files.failed++;
  }
}

/** Copies a folder and, where wanted, those below it. */
export async function copyTree(run: RobocopyRun, from: string, to: string): Promise<void> {
  const { context, options, tally } = run;
  const { files } = context;
  const entries = await files.list(from);
  const fits = options.patterns.map(namePattern);
  const notFile = options.excludedFiles.map((name) => namePattern(name.replace(/^.*\\/, '')));
  const plain = entries.filter(({ name, folder }) => !folder && fits.some((one) => one(name)));
  const there = (await files.stat(to))?.folder ? await files.list(to) : undefined;
  tally.folders.total++;
  if (there) tally.folders.skipped++;
  else tally.folders.copied++;
  folderLine(run, there ? '' : '  New Dir', plain.length, from);
  if (!there && !options.listOnly) await files.makeFolder(to);
  const named = new Map((there ?? []).map((facts) => [facts.name.toLowerCase(), facts]));
  for (const facts of there ?? []) {
    const match = entries.find(({ name }) => name.toLowerCase() === facts.name.toLowerCase());
    if (!match && (facts.folder ? options.tree !== 'none' : fits.some((one) => one(facts.name))))
      await extra(run, to, facts);
  }
  for (const facts of plain) {
    if (notFile.some((one) => one(facts.name))) {
      tally.countFile('skipped', facts.sizeBytes);
      continue;
    }
    const old = named.get(facts.name.toLowerCase());
    await copyFile(run, joinPath(from, facts.name), joinPath(to, facts.name), facts, old);
  }
  if (options.tree === 'none') return;
  for (const { name, folder, junction } of entries) {
    const below = joinPath(from, name);
    // The target may lie within the source; it is not copied into itself.
    if (!folder || junction || below.toLowerCase() === run.targetRoot.toLowerCase()) continue;
    if (excludedFolder(run, below, name)) continue;
    if (options.tree === 'filled' && (await files.list(below)).length === 0) continue;
    await copyTree(run, below, joinPath(to, name));
    if (options.move === 'all' && !options.listOnly)
      await files.removeFolder(below, { recursive: false }).catch(() => undefined);
  }
}

function excludedFolder({ context, options }: RobocopyRun, path: string, name: string): boolean {
  return options.excludedFolders.some((typed) =>
    /[\\:]/.test(typed)
      ? context.resolvePath(typed).toLowerCase() === path.toLowerCase()
      : namePattern(typed)(name),
  );
}
