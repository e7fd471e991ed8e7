import type { BatchFrame } from './batch-frame';
import { parseCommandLine } from './command-line';
import type { CommandNode } from './command-node';
import { IncompleteCommandError, LineTooLongError } from './command-syntax-error';
import { variableValue } from './dynamic-variables';
import { answerSyntaxErrors, execute } from './execute';
import { modifiedValue } from './path-modifiers';
import type { ProgramIo } from './program';
import { runBatch } from './run-batch';
import { notRecognized } from './run-simple';
import type { Interpreter, ShellSession } from './session';
import { expandPercents } from './variable-text';

/** cmd reads no longer line than this (KB830473). */
const longestLine = 8191;

/** Replaces what stands between percent signs, by the rules of the prompt or of the batch file that runs. */
function expand(session: ShellSession, line: string): Promise<string> {
  const { batch } = session;
  return expandPercents(line, {
    value: (name) => variableValue(session, name),
    argument:
      batch &&
      ((modifiers, name) =>
        name === '*'
          ? Promise.resolve(batch.allArguments)
          : modifiedValue(session, modifiers, batchArgument(batch, Number(name), modifiers !== ''))),
  });
}

/** `%~f0` stands for the file whatever name it was called by. */
function batchArgument(batch: BatchFrame, number: number, asPath: boolean): string {
  return number === 0 && asPath ? batch.path : (batch.args[number] ?? '');
}

/** Asks for one line more where a parenthesis is open; undefined where there is none to be had. */
type MoreLines = () => Promise<string | undefined>;

async function parseWhole(
  session: ShellSession,
  line: string,
  more: MoreLines | undefined,
): Promise<CommandNode | undefined> {
  let text = await expand(session, line);
  for (;;) {
    // Our choice for blocks: each of their lines may be as long as one line.
    if (text.split('\n').some((one) => one.length > longestLine)) throw new LineTooLongError();
    try {
      return parseCommandLine(text);
    } catch (error) {
      const next = error instanceof IncompleteCommandError ? await more?.() : undefined;
      if (next === undefined) throw error;
      text += `\n${await expand(session, next)}`;
    }
  }
}

async function runLine(
  session: ShellSession,
  line: string,
  io: ProgramIo,
  more?: MoreLines,
): Promise<number> {
  const node = await parseWhole(session, line, more);
  return node ? execute(session, node, io) : 0;
}

function runFrame(session: ShellSession, frame: BatchFrame, io: ProgramIo): Promise<number> {
  return runBatch(session, frame, io, {
    expand: (line) => expand(session, line),
    execute: (node) => execute(session, node, io),
  });
}

/** What runs commands for `call`, `cmd` and batch files. */
export const interpreter: Interpreter = { runLine, runFrame };

/**
 * Runs one line (variables, `&`, `&&`, `||`, `|`, groups, `if`, `for`, redirections) and leaves its result in
 * `session.errorLevel`. A line that cannot be parsed is answered with cmd's message.
 * @param more asks for the rest of a block.
 * @throws Interrupted when Ctrl-C ended a program.
 */
export async function executeLine(
  session: ShellSession,
  line: string,
  io: ProgramIo,
  more?: MoreLines,
): Promise<void> {
  await answerSyntaxErrors(session, io, () => runLine(session, line, io, more));
}

/** Runs a line as `cmd /c` does. Returns its exit code. */
export async function executeCommand(session: ShellSession, line: string, io: ProgramIo): Promise<number> {
  // cmd reads one line; what stands behind its end is not looked at.
  await executeLine(session, line.replace(/\r?\n[\s\S]*$/, ''), io);
  const code = session.exitCode ?? session.errorLevel;
  return code === notRecognized ? 1 : code;
}
