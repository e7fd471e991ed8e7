import { WindowsError } from './windows-error';

/** An absolute path, taken apart: the root is `C:` or `\Device\HarddiskVolumeN`. */
export interface WindowsPath {
  readonly root: string;
  readonly segments: readonly string[];
}

const devicePath = /^(?:\\\\[?.]\\(?:GLOBALROOT)?)?(\\Device\\HarddiskVolume\d+)(?=\\|$)/i;
const drivePath = /^(?:\\\\[?.]\\)?([A-Za-z]):/;

function splitSegments(text: string): string[] {
  return text.split(/[\\/]+/).filter((segment) => segment !== '');
}

function normalise(segments: readonly string[]): string[] {
  const result: string[] = [];
  for (const segment of segments) {
    if (segment === '.') continue;
    if (segment === '..') result.pop();
    // Win32 drops blanks and dots at the end of a name.
    else result.push(segment.replace(/[ .]+$/, '') || segment);
  }
  return result;
}

/**
 * Takes an absolute path (`D:\boot\bcd`, `\\?\D:\x`, `\Device\HarddiskVolume3\x`) apart.
 * @throws WindowsError 123 when the text is no absolute path or a name holds a character that Windows forbids.
 */
export function parseWindowsPath(text: string): WindowsPath {
  const device = devicePath.exec(text);
  const drive = drivePath.exec(text);
  const match = device ?? drive;
  // No network here: what a machine without a server of that name says.
  if (!match && /^\\\\[^\\?.]/.test(text)) throw new WindowsError(53);
  if (!match?.[1]) throw new WindowsError(123);
  const root = device ? match[1] : `${match[1].toUpperCase()}:`;
  const rest = text.slice(match[0].length);
  if (/[<>:"|?*\u0000-\u001f]/.test(rest)) throw new WindowsError(123);
  return { root, segments: normalise(splitSegments(rest)) };
}

/** The text form: `C:\` for a root, `C:\Users\Public` below it. */
export function formatWindowsPath(path: WindowsPath): string {
  return `${path.root}\\${path.segments.join('\\')}`;
}

/** The last name of a path, or the empty string for a root. */
export function baseName(path: string): string {
  return splitSegments(path.replace(drivePath, '')).at(-1) ?? '';
}

/** The folder that holds the path; a root is its own folder. */
export function parentFolder(path: string): string {
  const parsed = parseWindowsPath(path);
  return formatWindowsPath({ root: parsed.root, segments: parsed.segments.slice(0, -1) });
}

/** `folder\name`, without doubling the backslash of a root. */
export function joinPath(folder: string, name: string): string {
  return `${folder.replace(/\\+$/, '')}\\${name}`;
}

/** Whether the text holds a `*` or `?`. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
