import { setImmediate as nextTurn } from 'node:timers/promises';
import { type BatchFrame, deepestBatch, EndOfBatch, findLabel, GotoLabel, isLabelLine } from './batch-frame';
import { parseCommandLine } from './command-line';
import type { CommandNode } from './command-node';
import { BatchRecursionError, IncompleteCommandError } from './command-syntax-error';
import { endsInCaret } from './ends-in-caret';
import type { ProgramIo } from './program';
import type { ShellSession } from './session';
import { showCommand } from './show-command';

/** What the batch runner asks of the interpreter. */
export interface BatchWork {
  /** Replaces `%NAME%`, `%1` and `%%`. */
  expand(line: string): Promise<string>;
  execute(node: CommandNode): Promise<unknown>;
}

interface Statement {
  readonly text: string;
  readonly node: CommandNode | undefined;
}

/** The next statement: a line, or all lines of a block. Undefined at the end of the file. */
async function nextStatement(frame: BatchFrame, work: BatchWork): Promise<Statement | undefined> {
  const nextLine = async (): Promise<string | undefined> => {
    let line = frame.lines[frame.position++];
    if (line === undefined) return undefined;
    while (endsInCaret(line) && frame.position < frame.lines.length)
      line = line.slice(0, -1) + (frame.lines[frame.position++] ?? '');
    return isLabelLine(line) ? '' : work.expand(line);
  };
  let text = await nextLine();
  while (text !== undefined) {
    try {
      return { text, node: parseCommandLine(text) };
    } catch (error) {
      const more = error instanceof IncompleteCommandError ? await nextLine() : undefined;
      if (more === undefined) throw error;
      text += `\n${more}`;
    }
  }
  return undefined;
}

/**
 * Runs the lines of a batch file to its end. Returns its exit code.
 * @throws CommandSyntaxError for a line that cannot be parsed, which ends the file and those that called it.
 */
export async function runBatch(
  session: ShellSession,
  frame: BatchFrame,
  io: ProgramIo,
  work: BatchWork,
): Promise<number> {
  if (frame.depth > deepestBatch) throw new BatchRecursionError();
  const outer = session.batch;
  const saved = session.savedStates;
  session.batch = frame;
  try {
    while (session.exitCode === undefined) {
      const statement = await nextStatement(frame, work);
      if (!statement) break;
      if (!statement.node) continue;
      if (!/^\s*@/.test(statement.text)) showCommand(session, statement.text, io);
      try {
        await work.execute(statement.node);
      } catch (error) {
        if (!(error instanceof GotoLabel)) throw error;
        const position = /^\s*:?eof\s*$/i.test(error.label)
          ? frame.lines.length
          : findLabel(frame, error.label);
        if (position === undefined) {
          io.errors.write(`The system cannot find the batch label specified - ${error.label}\r\n`);
          session.errorLevel = 1;
          break;
        }
        frame.position = position;
        // Endless loops must leave the rest of the guest its turn.
        await nextTurn();
        io.keyboard.checkInterrupt?.();
      }
    }
  } catch (error) {
    if (!(error instanceof EndOfBatch)) throw error;
    session.errorLevel = error.exitCode;
  } finally {
    while (session.savedStates > saved) session.restoreState();
    session.batch = outer;
  }
  return session.errorLevel;
}
