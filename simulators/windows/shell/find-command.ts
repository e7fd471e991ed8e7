import type { Program } from './program';
import type { ShellSession } from './session';
import { WindowsError } from './windows-error';
import { joinPath } from './windows-path';

export type FoundCommand =
  | { readonly kind: 'program'; readonly program: Program }
  | { readonly kind: 'batch'; readonly path: string }
  /** An executable file on a volume that is none of the stand-in's tools. */
  | { readonly kind: 'foreign'; readonly path: string };

const batchExtensions = ['.bat', '.cmd'];

async function fileAt(session: ShellSession, path: string): Promise<string | undefined> {
  try {
    const resolved = session.resolvePath(path);
    const facts = await session.files.stat(resolved);
    return facts && !facts.folder ? resolved : undefined;
  } catch {
    return undefined;
  }
}

/** What a name stands for in one folder. A tool's name finds the tool, whatever the file of that name holds. */
async function inFolder(
  session: ShellSession,
  folder: string,
  name: string,
  extensions: readonly string[] = ['.com', '.exe', ...batchExtensions],
): Promise<FoundCommand | undefined> {
  const extension = /\.[^.]*$/.exec(name)?.[0].toLowerCase();
  const whole = extension !== undefined && [...batchExtensions, '.exe', '.com'].includes(extension);
  const candidates = whole ? [name] : extensions.map((one) => `${name}${one}`);
  for (const candidate of candidates) {
    const path = await fileAt(session, joinPath(folder, candidate));
    if (path === undefined) continue;
    if (batchExtensions.some((one) => candidate.toLowerCase().endsWith(one))) return { kind: 'batch', path };
    const program = toolNamed(session, candidate);
    return program ? { kind: 'program', program } : { kind: 'foreign', path };
  }
  return undefined;
}

function toolNamed({ parts }: ShellSession, name: string): Program | undefined {
  const key = name.toLowerCase();
  return parts.programs.get(key) ?? parts.programs.get(key.replace(/\.(exe|com|cpl|msc)$/, ''));
}

/**
 * Finds what a name stands for: a path as it is; else the current folder, the tools of System32, and the folders of
 * `%PATH%`. Undefined where there is nothing.
 * @throws WindowsError 3 for a path whose folder does not exist.
 */
export async function findCommand(session: ShellSession, name: string): Promise<FoundCommand | undefined> {
  const [, folder, file = name] = /^(.*[\\/:])([^\\/:]*)$/.exec(name) ?? [];
  if (file === '' || /[<>|?*"]/.test(name)) return undefined;
  if (folder !== undefined) {
    const resolved = session.resolvePath(folder);
    if (!(await session.files.stat(resolved))) throw new WindowsError(3);
    // The tools stand in System32, whether or not a file of that name is on the volume.
    const root = session.environment.get('SystemRoot') ?? '';
    const program =
      resolved.toLowerCase() === `${root}\\System32`.toLowerCase() ? toolNamed(session, file) : undefined;
    return program ? { kind: 'program', program } : inFolder(session, resolved, file);
  }
  const program = toolNamed(session, file);
  // A file of a tool's name would find the tool in any case, so only batch files are worth a look then.
  const here = await inFolder(session, session.folder, file, program ? batchExtensions : undefined);
  if (here) return here;
  if (program) return { kind: 'program', program };
  for (const place of (session.environment.get('Path') ?? '').split(';')) {
    if (place.trim() === '') continue;
    const found = await inFolder(session, place.trim().replaceAll('"', ''), file);
    if (found) return found;
  }
  return undefined;
}
