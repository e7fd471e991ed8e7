import type { FileFacts } from '../file-access';
import type { TextOutput } from '../program';
import type { Builtin, ShellSession } from '../session';
import { splitWords } from '../split-arguments';
import { WindowsError } from '../windows-error';
import { hasWildcard, joinPath, namePattern, parseWindowsPath } from '../windows-path';
import { splitPattern } from './matching-files';

const grouped = (value: number): string => value.toLocaleString('en-US');

function stamp(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = date.getHours();
  const day = `${two(date.getMonth() + 1)}/${two(date.getDate())}/${date.getFullYear()}`;
  return `${day}  ${two(hours % 12 || 12)}:${two(date.getMinutes())} ${hours < 12 ? 'AM' : 'PM'}`;
}

function row({ name, folder, sizeBytes, modified }: FileFacts): string {
  const middle = folder ? '    <DIR>         ' : grouped(sizeBytes).padStart(18);
  return `${stamp(modified)}${middle} ${name}\r\n`;
}

const fileCount = (count: number, bytes: number): string =>
  `${String(count).padStart(16)} File(s) ${grouped(bytes).padStart(14)} bytes\r\n`;

interface Listing {
  readonly session: ShellSession;
  readonly output: TextOutput;
  readonly bare: boolean;
  readonly recursive: boolean;
  readonly only: 'folders' | 'files' | 'everything';
  readonly fits: (name: string) => boolean;
  files: number;
  folders: number;
  bytes: number;
}

async function listFolder(listing: Listing, folder: string, wholeFolder: boolean): Promise<void> {
  const { session, output, bare, recursive, only, fits } = listing;
  const all = await session.parts.files.list(folder);
  const wanted = all.filter(
    (facts) => fits(facts.name) && (only === 'everything' || facts.folder === (only === 'folders')),
  );
  const shown = [...wanted];
  if (wholeFolder && !bare && only !== 'files' && parseWindowsPath(folder).segments.length > 0) {
    const self = await session.parts.files.stat(folder);
    if (self) shown.unshift({ ...self, name: '.' }, { ...self, name: '..' });
  }
  if (shown.length > 0) {
    if (!bare) output.write(`\r\n Directory of ${folder}\r\n\r\n`);
    for (const facts of shown) {
      output.write(bare ? `${recursive ? joinPath(folder, facts.name) : facts.name}\r\n` : row(facts));
    }
    const plain = shown.filter((facts) => !facts.folder);
    const bytes = plain.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    listing.files += plain.length;
    listing.folders += shown.length - plain.length;
    listing.bytes += bytes;
    if (!bare) output.write(fileCount(plain.length, bytes));
  }
  if (!recursive) return;
  for (const { name, folder: isFolder } of all)
    if (isFolder) await listFolder(listing, joinPath(folder, name), wholeFolder);
}

/**
 * `dir [path] [/b] [/s] [/a[:d|:-d]]`; other layouts (`/w`, `/o`) are listed as without them.
 * No serial number line: the host does not tell it. Hidden and system files are shown, as with `/a`.
 */
export const dir: Builtin = async (session, tail, { output, errors }) => {
  const words = splitWords(tail.replaceAll(/\/(?=[A-Za-z])/g, ' /'));
  const switches = words.filter((word) => word.startsWith('/')).map((word) => word.slice(1).toLowerCase());
  const unknown = switches.find((one) => !/^(a(:?-?[dhsra]+)?|b|s|w|p|q|n|4|c|l|x|o.*|t.*)$/.test(one));
  if (unknown !== undefined) {
    errors.write(`Invalid switch - "${unknown}".\r\n`);
    return 1;
  }
  const typed = words.find((word) => !word.startsWith('/')) ?? '.';
  const { files, host } = session.parts;
  const direct = hasWildcard(typed) ? undefined : await files.stat(session.resolvePath(typed));
  const { folder, pattern } = direct?.folder
    ? { folder: session.resolvePath(typed), pattern: '*' }
    : splitPattern(session, typed);
  const bare = switches.includes('b');
  const { root } = parseWindowsPath(folder);
  if (!bare) {
    const volume = (await host.volumes()).find(({ letter }) => `${letter}:` === root);
    const label = volume?.label ?? '';
    output.write(
      ` Volume in drive ${root.slice(0, 1)} ${label === '' ? 'has no label.' : `is ${label}`}\r\n`,
    );
  }
  const attributes = switches.find((one) => one.startsWith('a')) ?? '';
  const listing: Listing = {
    session,
    output,
    bare,
    recursive: switches.includes('s'),
    only: attributes.includes('-d') ? 'files' : attributes.includes('d') ? 'folders' : 'everything',
    fits: namePattern(pattern === '' ? '*' : pattern),
    files: 0,
    folders: 0,
    bytes: 0,
  };
  if (!(await files.stat(folder))) throw new WindowsError(bare ? 2 : 3);
  await listFolder(listing, folder, pattern === '*' || pattern === '*.*');
  if (listing.files + listing.folders === 0) {
    errors.write('File Not Found\r\n');
    return 1;
  }
  if (bare) return 0;
  if (listing.recursive) {
    output.write('\r\n     Total Files Listed:\r\n');
    output.write(fileCount(listing.files, listing.bytes));
  }
  const free = grouped(await files.freeBytes(folder)).padStart(14);
  output.write(`${String(listing.folders).padStart(16)} Dir(s)  ${free} bytes free\r\n`);
  return 0;
};
