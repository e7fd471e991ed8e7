import { renamedByMask } from '../name-pattern';
import type { ShellSession } from '../session';
import { hasWildcard, joinPath } from '../windows-path';
import { splitPattern } from './matching-files';

/** Where copied or moved files go: a folder, one file, or names made by a mask. */
export interface Target {
  readonly folder: boolean;
  pathFor(sourceName: string): string;
}

/** Reads the second word of `copy` and `move`. */
export async function targetOf(session: ShellSession, typed: string): Promise<Target> {
  if (hasWildcard(typed)) {
    const { folder, pattern } = splitPattern(session, typed);
    return { folder: true, pathFor: (name) => joinPath(folder, renamedByMask(name, pattern)) };
  }
  const path = session.resolvePath(typed);
  const found = await session.files.stat(path);
  if (found?.folder) return { folder: true, pathFor: (name) => joinPath(path, name) };
  return { folder: false, pathFor: () => path };
}

/** How a command asks before it overwrites: not at all, or with cmd's question. */
export class OverwriteQuestion {
  #all: boolean;

  /** Batch files are not asked unless `/-y` wants it. */
  constructor(session: ShellSession, switches: ReadonlySet<string>) {
    const quiet = /\/y/i.test(session.environment.get('COPYCMD') ?? '') || session.batch !== undefined;
    this.#all = switches.has('/y') || (quiet && !switches.has('/-y'));
  }

  /** Whether the file may be written. */
  async allows(
    session: ShellSession,
    path: string,
    readLine: (prompt: string) => Promise<string | undefined>,
  ): Promise<boolean> {
    if (this.#all || !(await session.files.stat(path))) return true;
    for (;;) {
      const answer = await readLine(`Overwrite ${path}? (Yes/No/All): `);
      if (answer === undefined || /^n/i.test(answer)) return false;
      if (/^a/i.test(answer)) this.#all = true;
      if (/^[ay]/i.test(answer)) return true;
    }
  }
}
