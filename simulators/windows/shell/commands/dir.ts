import type { FileFacts } from '../file-access';
import { FileAttribute } from '../file-attributes';
import { namePattern } from '../name-pattern';
import type { ProgramIo } from '../program';
import type { Builtin, ShellSession } from '../session';
import { WindowsError } from '../windows-error';
import { hasWildcard, joinPath, parseWindowsPath } from '../windows-path';
import { type DirOptions, parseDirOptions, UnknownDirSwitch } from './dir-options';
import { count, entryRows, sorted } from './dir-rows';
import { splitPattern } from './matching-files';
import { pagedOutput } from './paged-output';
import { invalidSwitch } from './switch-words';
import { volumeLines } from './volume';

interface Listing {
  readonly session: ShellSession;
  readonly options: DirOptions;
  write(line: string): Promise<void>;
  files: number;
  folders: number;
  bytes: number;
}

/** A folder, and the patterns of the names in it that are listed. */
interface Place {
  readonly folder: string;
  readonly patterns: readonly string[];
}

/** The entries that are shown, `.` and `..` before them where the whole folder is. */
async function shownEntries(
  { session, options }: Listing,
  folder: string,
  all: readonly FileFacts[],
  patterns: readonly string[],
): Promise<readonly FileFacts[]> {
  const tests = patterns.map(namePattern);
  const named = all.filter(({ name }) => tests.some((fits) => fits(name)));
  const attributes = await session.files.attributes(named.map(({ name }) => joinPath(folder, name)));
  const shown = sorted(
    named.filter((_entry, index) => options.shows(attributes[index] ?? 0)),
    options.order,
  );
  const whole = patterns.some((pattern) => pattern === '*' || pattern === '*.*');
  const below = parseWindowsPath(folder).segments.length > 0;
  if (!whole || options.bare || !below || !options.shows(FileAttribute.folder)) return shown;
  const self = await session.files.stat(folder);
  return self ? [{ ...self, name: '.' }, { ...self, name: '..' }, ...shown] : shown;
}

const fileCount = (files: number, bytes: number, { separators }: DirOptions): string =>
  `${String(files).padStart(16)} File(s) ${count(bytes, separators).padStart(14)} bytes`;

async function listFolder(listing: Listing, { folder, patterns }: Place): Promise<void> {
  const { session, options } = listing;
  const all = await session.files.list(folder);
  const shown = await shownEntries(listing, folder, all, patterns);
  if (shown.length > 0) {
    const plain = shown.filter((facts) => !facts.folder);
    const bytes = plain.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    listing.files += plain.length;
    listing.folders += shown.length - plain.length;
    listing.bytes += bytes;
    if (options.bare) {
      for (const { name } of shown) {
        const text = options.recursive ? joinPath(folder, name) : name;
        await listing.write(options.lowerCase ? text.toLowerCase() : text);
      }
    } else {
      for (const line of ['', ` Directory of ${folder}`, '', ...entryRows(shown, options)])
        await listing.write(line);
      await listing.write(fileCount(plain.length, bytes, options));
    }
  }
  if (!options.recursive) return;
  for (const { name, folder: isFolder, junction } of all)
    if (isFolder && !junction)
      await listFolder(listing, { folder: joinPath(folder, name), patterns }).catch(passOver);
}

/** A folder that cannot be opened does not end the walk. */
function passOver(error: unknown): void {
  if (!(error instanceof WindowsError)) throw error;
}

async function placeOf(session: ShellSession, typed: string): Promise<Place> {
  const direct = hasWildcard(typed) ? undefined : await session.files.stat(session.resolvePath(typed));
  if (direct?.folder) return { folder: session.resolvePath(typed), patterns: ['*'] };
  const { folder, pattern } = splitPattern(session, typed);
  return { folder, patterns: [pattern === '' ? '*' : pattern] };
}

/** What is named one after the other in the same folder is one listing, as in cmd (general knowledge). */
async function* placesOf(session: ShellSession, names: readonly string[]): AsyncGenerator<Place> {
  let last: Place | undefined;
  try {
    for (const typed of names) {
      const { folder, patterns } = await placeOf(session, typed);
      const same = last?.folder.toLowerCase() === folder.toLowerCase();
      if (last && !same) yield last;
      last = { folder, patterns: last && same ? [...last.patterns, ...patterns] : patterns };
    }
  } catch (error) {
    // What comes before a drive that is not there is listed first.
    if (last) yield last;
    throw error;
  }
  if (last) yield last;
}

async function listPlace(
  session: ShellSession,
  { folder, patterns }: Place,
  options: DirOptions,
  io: ProgramIo,
  seenRoots: Set<string>,
): Promise<number> {
  const { files } = session;
  const { root } = parseWindowsPath(folder);
  const { bare } = options;
  if (!bare && !seenRoots.has(root)) io.output.write(await volumeLines(session, root));
  seenRoots.add(root);
  if (!(await files.stat(folder))) throw new WindowsError(bare ? 2 : 3);
  const write = pagedOutput(io, options.pages);
  const listing: Listing = { session, options, write, files: 0, folders: 0, bytes: 0 };
  await listFolder(listing, { folder, patterns });
  if (listing.files + listing.folders === 0) {
    if (!bare) io.output.write(`\r\n Directory of ${folder}\r\n\r\n`);
    io.errors.write('File Not Found\r\n');
    return 1;
  }
  if (bare) return 0;
  if (options.recursive) {
    for (const line of ['', '     Total Files Listed:', fileCount(listing.files, listing.bytes, options)])
      await write(line);
  }
  const free = count(await files.freeBytes(folder), options.separators).padStart(14);
  await write(`${String(listing.folders).padStart(16)} Dir(s)  ${free} bytes free`);
  return 0;
}

/**
 * `dir [path ...] [/a[:attributes]] [/b] [/s] [/w | /d] [/o[:order]] [/l] [/q] [/x] [/p] [/-c]`. Hidden and system files
 * are shown with `/a` only. The layout is that of the English (United States) format.
 */
export const dir: Builtin = async (session, tail, io) => {
  try {
    const options = parseDirOptions(tail);
    const seenRoots = new Set<string>();
    let level = 0;
    for await (const place of placesOf(session, options.names.length > 0 ? options.names : ['.']))
      level = Math.max(level, await listPlace(session, place, options, io, seenRoots));
    return level;
  } catch (error) {
    if (!(error instanceof UnknownDirSwitch)) throw error;
    io.errors.write(invalidSwitch(error.word));
    return 1;
  }
};
