import type { WindowsHost } from '../windows-host';
import type { Environment } from './environment';
import type { FileAccess } from './file-access';
import type { ProgramIo, Programs } from './program';
import { WindowsError } from './windows-error';
import { formatWindowsPath, parseWindowsPath } from './windows-path';

/** A command of cmd itself. `tail` is the text after its name, as typed. Returns the error level. */
export type Builtin = (session: ShellSession, tail: string, io: ProgramIo) => Promise<number>;

export interface ShellParts {
  readonly host: WindowsHost;
  readonly files: FileAccess;
  readonly programs: Programs;
  readonly builtins: ReadonlyMap<string, Builtin>;
  /** The user's account name, in its own case. */
  readonly user: string;
}

/** What a running cmd remembers: drive, a folder per drive, variables, the last error level. */
export class ShellSession {
  readonly parts: ShellParts;
  readonly environment: Environment;
  errorLevel = 0;
  /** Set by `exit`; its value is the shell's exit code. */
  exitCode: number | undefined;
  readonly #folders: Map<string, string>;
  #drive: string;

  constructor(parts: ShellParts, environment: Environment, folder: string) {
    this.parts = parts;
    this.environment = environment;
    this.#drive = parseWindowsPath(folder).root;
    this.#folders = new Map([[this.#drive, folder]]);
  }

  /** The current folder, e.g. `C:\Users\Administrator`. */
  get folder(): string {
    return this.folderOf(this.#drive);
  }

  /** The folder that cmd remembers for a drive (`D:`). */
  folderOf(drive: string): string {
    return this.#folders.get(drive.toUpperCase()) ?? `${drive.toUpperCase()}\\`;
  }

  /** Makes a path absolute: `x`, `\x`, `D:x`, `D:\x`, `\\?\...`, `\Device\HarddiskVolume2\...`. */
  resolvePath(path: string): string {
    if (/^(\\\\|\\Device\\)/i.test(path)) return formatWindowsPath(parseWindowsPath(path));
    const [, drive, rest = ''] = /^([A-Za-z]:)?(.*)$/s.exec(path) ?? [];
    const root = (drive ?? this.#drive).toUpperCase();
    const absolute = /^[\\/]/.test(rest) ? `${root}${rest}` : `${this.folderOf(root)}\\${rest}`;
    return formatWindowsPath(parseWindowsPath(absolute));
  }

  /** Makes `folder` the one remembered for its drive; with `andDrive` its drive becomes the current one. */
  async enter(folder: string, andDrive: boolean): Promise<void> {
    const parsed = parseWindowsPath(folder);
    const found = await this.parts.files.stat(folder);
    if (!found) throw new WindowsError(3);
    if (!found.folder) throw new WindowsError(267);
    this.#folders.set(parsed.root, formatWindowsPath(parsed));
    if (andDrive) this.#drive = parsed.root;
  }

  /** A copy whose changes do not come back: each side of a pipe runs in its own cmd. */
  fork(): ShellSession {
    const copy = new ShellSession(this.parts, this.environment.copy(), this.folder);
    for (const [drive, folder] of this.#folders) copy.#folders.set(drive, folder);
    copy.errorLevel = this.errorLevel;
    return copy;
  }
}
