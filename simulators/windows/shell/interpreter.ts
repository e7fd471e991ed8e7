import { type CommandNode, CommandSyntaxError, parseCommandLine } from './command-line';
import { expandVariables } from './environment';
import { Interrupted } from './interrupted';
import { textLines } from './piped-lines';
import type { Program, ProgramIo } from './program';
import { withRedirections } from './redirection';
import type { ShellSession } from './session';
import { splitArguments } from './split-arguments';
import { asWindowsError, WindowsError } from './windows-error';

/** `%ERRORLEVEL%` after a command that does not exist; `cmd /c` turns it into exit code 1. */
const notRecognized = 9009;

function variable(session: ShellSession, name: string): string | undefined {
  const set = session.environment.get(name);
  if (set !== undefined) return set;
  switch (name.toUpperCase()) {
    case 'CD':
      return session.folder;
    case 'ERRORLEVEL':
      return String(session.errorLevel);
    default:
      return undefined;
  }
}

/**
 * Runs one line (variables, `&`, `&&`, `||`, `|`, groups, redirections) and leaves its result in
 * `session.errorLevel`.
 * @throws Interrupted when Ctrl-C ended a program.
 */
export async function executeLine(session: ShellSession, line: string, io: ProgramIo): Promise<void> {
  try {
    const node = parseCommandLine(expandVariables(line, (name) => variable(session, name)));
    if (node) await execute(session, node, io);
  } catch (error) {
    if (!(error instanceof CommandSyntaxError)) throw error;
    io.errors.write(`${error.message}\r\n`);
    session.errorLevel = 1;
  }
}

/** Runs a line as `cmd /c` does. Returns its exit code. */
export async function executeCommand(session: ShellSession, line: string, io: ProgramIo): Promise<number> {
  await executeLine(session, line, io);
  const code = session.exitCode ?? session.errorLevel;
  return code === notRecognized ? 1 : code;
}

async function execute(session: ShellSession, node: CommandNode, io: ProgramIo): Promise<void> {
  if (session.exitCode !== undefined) return;
  switch (node.kind) {
    case 'then':
      await execute(session, node.left, io);
      return execute(session, node.right, io);
    case 'and':
      await execute(session, node.left, io);
      return session.errorLevel === 0 ? execute(session, node.right, io) : undefined;
    case 'or':
      await execute(session, node.left, io);
      return session.errorLevel === 0 ? undefined : execute(session, node.right, io);
    case 'pipe': {
      let text = '';
      const left = session.fork();
      await execute(left, node.left, {
        ...io,
        output: { write: (part) => (text += part) },
        terminal: undefined,
      });
      const right = session.fork();
      await execute(right, node.right, { ...io, input: textLines(text, io.output) });
      session.errorLevel = right.errorLevel;
      return;
    }
    case 'group':
    case 'command':
      try {
        await withRedirections(session, node.redirections, io, async (redirected) => {
          if (node.kind === 'group') await execute(session, node.body, redirected);
          else session.errorLevel = await runSimple(session, node.text, redirected);
        });
      } catch (error) {
        reportFailure(session, error, io);
      }
  }
}

function reportFailure(session: ShellSession, error: unknown, io: ProgramIo): void {
  const reason = asWindowsError(error);
  if (reason instanceof Interrupted || !(reason instanceof Error)) throw error;
  io.errors.write(`${reason.message}\r\n`);
  session.errorLevel = 1;
}

async function runSimple(session: ShellSession, typed: string, io: ProgramIo): Promise<number> {
  const text = typed.replace(/^[\s@,;=]+/, '');
  if (text.trim() === '') return session.errorLevel;
  if (/^[A-Za-z]:\s*$/.test(text)) {
    await session.enter(session.folderOf(text.slice(0, 2)), true);
    return 0;
  }
  // cmd's own commands may be followed by a path or switch at once: `cd..`, `dir/w`, `echo.`.
  const internal = /^([A-Za-z]+)(?=$|[\s,;=./\\:+"()[\]])/.exec(text)?.[1];
  const builtin = internal === undefined ? undefined : session.parts.builtins.get(internal.toLowerCase());
  if (internal !== undefined && builtin) return builtin(session, text.slice(internal.length), io);
  const name = /^(?:"[^"]*"?|[^\s,;=/"])+/.exec(text)?.[0] ?? text;
  const program = await findProgram(session, name.replaceAll('"', ''));
  if (!program) {
    io.errors.write(
      `'${name}' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n`,
    );
    return notRecognized;
  }
  const { host, files, user } = session.parts;
  const args = splitArguments(text.slice(name.length));
  return program({ ...io, args, host, files, user, resolvePath: (path) => session.resolvePath(path) });
}

async function findProgram(session: ShellSession, name: string): Promise<Program | undefined> {
  const { programs, files } = session.parts;
  const [, folder, file = name] = /^(.*[\\:])([^\\:]*)$/.exec(name) ?? [];
  const key = file.toLowerCase();
  const program = programs.get(key) ?? programs.get(key.replace(/\.(exe|com)$/, ''));
  if (folder === undefined) return program;
  const resolved = session.resolvePath(folder);
  if (!(await files.stat(resolved))) throw new WindowsError(3);
  // The tools stand in System32, whether or not a file of that name is on the volume.
  const system = `${session.environment.get('SystemRoot') ?? ''}\\System32`;
  return resolved.toLowerCase() === system.toLowerCase() ? program : undefined;
}
