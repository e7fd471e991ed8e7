import { EndOfBatch } from './batch-frame';
import { commandHelp } from './commands/help-texts';
import { findCommand } from './find-command';
import { batchFrame } from './open-batch';
import type { ProgramIo } from './program';
import type { ShellSession } from './session';
import { splitArguments } from './split-arguments';

/** `%ERRORLEVEL%` after a command that does not exist; `cmd /c` turns it into exit code 1. */
export const notRecognized = 9009;

/** ERROR_EXE_MACHINE_TYPE_MISMATCH, the exit code for a program of a disk that cannot run here. */
const cannotRun = 216;

/** cmd's own commands may be followed by a path or switch at once: `cd..`, `dir/w`, `echo.`. */
function builtinName(text: string): string | undefined {
  return /^([A-Za-z]+)(?=$|[\s,;=./\\:+"()[\]])/.exec(text)?.[1];
}

/**
 * Runs one command without redirections: a drive, a command of cmd, a batch file or a program. Returns what `&&` and
 * `||` look at, and leaves `session.errorLevel` as cmd does.
 */
export async function runSimple(session: ShellSession, typed: string, io: ProgramIo): Promise<number> {
  const text = typed.replace(/^[\s@,;=]+/, '');
  if (text.trim() === '') return 0;
  if (/^[A-Za-z]:\s*$/.test(text)) {
    await session.enter(session.folderOf(text.slice(0, 2)), true);
    return 0;
  }
  // A label at the prompt, or one within a block, is nothing.
  if (text.startsWith(':')) return 0;
  const internal = builtinName(text);
  const builtin = internal === undefined ? undefined : session.parts.builtins.get(internal.toLowerCase());
  if (internal !== undefined && builtin) {
    const tail = text.slice(internal.length).replace(/^\.(exe|com)(?=$|[\s/])/i, '');
    const help = /^[^"]*\/\?/.test(tail) ? commandHelp(internal) : undefined;
    if (help !== undefined) {
      io.output.write(help);
      return settle(session, 0);
    }
    return settle(session, await builtin(session, tail, io));
  }
  const name = /^(?:"[^"]*"?|[^\s,;=/"])+/.exec(text)?.[0] ?? text;
  const tail = text.slice(name.length);
  const found = await findCommand(session, name.replaceAll('"', ''));
  switch (found?.kind) {
    case undefined:
      io.errors.write(
        `'${name}' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n`,
      );
      return settle(session, notRecognized);
    case 'foreign':
      // Our text.
      io.errors.write(
        `${found.path} is a program of a disk; this stand-in has tools of its own and cannot run it.\r\n`,
      );
      return settle(session, cannotRun);
    case 'batch': {
      const frame = await batchFrame(session, found.path, name, tail);
      const code = settle(session, await session.parts.interpreter.runFrame(session, frame, io));
      // A batch file that starts another one without `call` does not come back.
      if (session.batch) throw new EndOfBatch(code);
      return code;
    }
    case 'program': {
      const { host, files, user } = session.parts;
      const context = { ...io, args: splitArguments(tail), host, files, user };
      const code = await found.program({ ...context, resolvePath: (path) => session.resolvePath(path) });
      return settle(session, code);
    }
  }
}

function settle(session: ShellSession, code: number | undefined): number {
  if (code !== undefined) session.errorLevel = code;
  return code ?? 0;
}
