import type { WindowsHost } from '../windows-host';
import type { BatchFrame } from './batch-frame';
import type { Environment } from './environment';
import type { FileAccess } from './file-access';
import type { ProgramIo, Programs } from './program';
import { WindowsError } from './windows-error';
import { formatWindowsPath, parseWindowsPath } from './windows-path';

/**
 * A command of cmd itself. `tail` is the text after its name, as typed. Returns what `&&` and `||` look at, which
 * becomes the error level as well; undefined for success of one of those commands that leave the error level alone.
 */
export type Builtin = (session: ShellSession, tail: string, io: ProgramIo) => Promise<number | undefined>;

/** What commands that run other commands (`call`, `cmd`) need of the interpreter. All return an exit code. */
export interface Interpreter {
  /** Runs text from its expansion of percent signs on. */
  runLine(session: ShellSession, line: string, io: ProgramIo): Promise<number>;
  /** Runs a batch file, or a part of it that `call :label` names, to its end. */
  runFrame(session: ShellSession, frame: BatchFrame, io: ProgramIo): Promise<number>;
}

export interface ShellParts {
  readonly host: WindowsHost;
  readonly files: FileAccess;
  readonly programs: Programs;
  readonly builtins: ReadonlyMap<string, Builtin>;
  readonly interpreter: Interpreter;
  /** The user's account name, in its own case. */
  readonly user: string;
}

/** What `setlocal` keeps for `endlocal`. */
interface SavedState {
  readonly environment: Environment;
  readonly delayedExpansion: boolean;
  readonly folder: string;
}

/** What a running cmd remembers: drive, a folder per drive, variables, the last error level, its batch file. */
export class ShellSession {
  readonly parts: ShellParts;
  environment: Environment;
  errorLevel = 0;
  /** Set by `exit`; its value is the shell's exit code. */
  exitCode: number | undefined;
  /** The batch file that runs, or undefined at the prompt. */
  batch: BatchFrame | undefined;
  /** `echo off` hides the prompt and the lines of batch files. */
  echo = true;
  /** `!NAME!` is replaced. */
  delayedExpansion = false;
  /** Values of `%i` within `for`. */
  readonly forVariables = new Map<string, string>();
  /** Folders that `pushd` left, the last one at the end. */
  readonly folderStack: string[] = [];
  readonly #saved: SavedState[] = [];
  readonly #folders: Map<string, string>;
  #drive: string;

  constructor(parts: ShellParts, environment: Environment, folder: string) {
    this.parts = parts;
    this.environment = environment;
    this.#drive = parseWindowsPath(folder).root;
    this.#folders = new Map([[this.#drive, folder]]);
  }

  get files(): FileAccess {
    return this.parts.files;
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
    if (/^(\\\\|\/\/|\\Device\\)/i.test(path))
      return formatWindowsPath(parseWindowsPath(path.replaceAll('/', '\\')));
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

  /** How many `setlocal` are open. */
  get savedStates(): number {
    return this.#saved.length;
  }

  saveState(): void {
    const { environment, delayedExpansion, folder } = this;
    this.#saved.push({ environment: environment.copy(), delayedExpansion, folder });
  }

  /** Brings back what the last `saveState` kept; without one nothing happens. */
  restoreState(): void {
    const saved = this.#saved.pop();
    if (!saved) return;
    this.environment = saved.environment;
    this.delayedExpansion = saved.delayedExpansion;
    this.#drive = parseWindowsPath(saved.folder).root;
    this.#folders.set(this.#drive, saved.folder);
  }

  /** A copy whose changes do not come back: each side of a pipe runs in its own cmd. */
  fork(): ShellSession {
    const copy = new ShellSession(this.parts, this.environment.copy(), this.folder);
    for (const [drive, folder] of this.#folders) copy.#folders.set(drive, folder);
    for (const [name, value] of this.forVariables) copy.forVariables.set(name, value);
    copy.errorLevel = this.errorLevel;
    copy.echo = this.echo;
    copy.delayedExpansion = this.delayedExpansion;
    return copy;
  }
}
