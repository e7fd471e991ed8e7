import { EndOfBatch, GotoLabel } from './batch-frame';
import type { CommandNode, Redirection } from './command-node';
import { CommandSyntaxError } from './command-syntax-error';
import { variableValue } from './dynamic-variables';
import { Interrupted } from './interrupted';
import { expandForVariables } from './path-modifiers';
import { CollectedText, textLines } from './piped-lines';
import type { ProgramIo } from './program';
import { withRedirections } from './redirection';
import { runFor } from './run-for';
import { testHolds } from './run-if';
import { runSimple } from './run-simple';
import type { ShellSession } from './session';
import { showCommand } from './show-command';
import { expandDelayed } from './variable-text';
import { asWindowsError } from './windows-error';

/** Runs `work`; a line in it that cannot be parsed is answered with cmd's message and error level 1. */
export async function answerSyntaxErrors(
  session: ShellSession,
  io: ProgramIo,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CommandSyntaxError)) throw error;
    io.errors.write(`${error.message}\r\n`);
    session.errorLevel = 1;
  }
}

/** Texts are completed as late as this, so that each turn of a `for` sees its own values. */
async function late(session: ShellSession, text: string): Promise<string> {
  const filled = await expandForVariables(session, text);
  return session.delayedExpansion ? expandDelayed(filled, (name) => variableValue(session, name)) : filled;
}

async function lateRedirections(
  session: ShellSession,
  redirections: readonly Redirection[],
): Promise<readonly Redirection[]> {
  return Promise.all(
    redirections.map(async (one) =>
      typeof one.target === 'string' ? { ...one, target: await late(session, one.target) } : one,
    ),
  );
}

/** Runs a node. Returns what `&&` and `||` look at. */
export async function execute(session: ShellSession, node: CommandNode, io: ProgramIo): Promise<number> {
  if (session.exitCode !== undefined) return session.exitCode;
  switch (node.kind) {
    case 'then': {
      // A long block is a deep tree of its left sides: walked without recursion.
      const rights: CommandNode[] = [];
      let first: CommandNode = node;
      for (; first.kind === 'then'; first = first.left) rights.unshift(first.right);
      let code = await execute(session, first, io);
      for (const right of rights) code = await execute(session, right, io);
      return code;
    }
    case 'and': {
      const code = await execute(session, node.left, io);
      return code === 0 ? execute(session, node.right, io) : code;
    }
    case 'or': {
      const code = await execute(session, node.left, io);
      return code === 0 ? code : execute(session, node.right, io);
    }
    case 'pipe':
      return executePipe(session, node.left, node.right, io);
    case 'if':
      return executeIf(session, node, io);
    case 'for':
      return executeFor(session, node, io);
    case 'group':
    case 'command':
      try {
        let code = 0;
        const redirections = await lateRedirections(session, node.redirections);
        await withRedirections(session, redirections, io, async (redirected) => {
          if (node.kind === 'group') code = await execute(session, node.body, redirected);
          else code = await runSimple(session, await late(session, node.text), redirected);
        });
        return code;
      } catch (error) {
        return reportFailure(session, error, io);
      }
  }
}

async function executePipe(
  session: ShellSession,
  left: CommandNode,
  right: CommandNode,
  io: ProgramIo,
): Promise<number> {
  const collected = new CollectedText();
  await execute(session.fork(), left, { ...io, output: collected, terminal: undefined });
  const reader = session.fork();
  const code = await execute(reader, right, { ...io, input: textLines(collected.text, io.output) });
  session.errorLevel = reader.exitCode ?? reader.errorLevel;
  return code;
}

async function executeIf(
  session: ShellSession,
  node: Extract<CommandNode, { kind: 'if' }>,
  io: ProgramIo,
): Promise<number> {
  const { test } = node;
  const expanded =
    test.kind === 'compare'
      ? { ...test, left: await late(session, test.left), right: await late(session, test.right) }
      : { ...test, operand: await late(session, test.operand) };
  const holds = (await testHolds(session, expanded, node.ignoreCase)) !== node.negated;
  if (holds) return execute(session, node.whenTrue, io);
  return node.whenFalse ? execute(session, node.whenFalse, io) : 0;
}

async function executeFor(
  session: ShellSession,
  { head, body, bodyText }: Extract<CommandNode, { kind: 'for' }>,
  io: ProgramIo,
): Promise<number> {
  const expanded = {
    ...head,
    set: await late(session, head.set),
    option: await late(session, head.option),
  };
  try {
    return await runFor(session, expanded, io, {
      async body() {
        if (!bodyText.startsWith('@')) showCommand(session, await late(session, bodyText), io);
        return execute(session, body, io);
      },
      async capture(command) {
        const collected = new CollectedText();
        const inner = { ...io, output: collected, terminal: undefined };
        const fork = session.fork();
        await answerSyntaxErrors(fork, inner, () => session.parts.interpreter.runLine(fork, command, inner));
        return collected.text;
      },
    });
  } catch (error) {
    return reportFailure(session, error, io);
  }
}

/** What fails becomes a message and error level 1; what steers the flow goes on its way. */
function reportFailure(session: ShellSession, error: unknown, io: ProgramIo): number {
  const reason = asWindowsError(error);
  const steers = [Interrupted, GotoLabel, EndOfBatch, CommandSyntaxError];
  if (!(reason instanceof Error) || steers.some((one) => reason instanceof one)) throw error;
  io.errors.write(`${reason.message}\r\n`);
  session.errorLevel = 1;
  return 1;
}
