import { shellBanner } from './banner';
import { executeLine } from './interpreter';
import { Interrupted } from './interrupted';
import type { ProgramIo } from './program';
import { renderPrompt } from './prompt';
import type { ShellSession } from './session';

/** STATUS_CONTROL_C_EXIT as the error level that cmd shows. */
const interruptedLevel = -1073741510;

/**
 * The read-and-run loop: banner, prompt, line, until `exit` or the end of input.
 * Without a terminal the lines are echoed after the prompt, as cmd does with piped input.
 * Returns the exit code.
 */
export async function interact(session: ShellSession, io: ProgramIo): Promise<number> {
  const { version } = session.parts.host;
  io.output.write(shellBanner(version));
  while (session.exitCode === undefined) {
    const template = session.environment.get('PROMPT') ?? '$P$G';
    const prompt = `\r\n${renderPrompt(template, { folder: session.folder, version })}`;
    try {
      const line = await io.input.readLine(prompt);
      if (line === undefined) return session.errorLevel;
      if (!io.terminal) io.output.write(`${line}\r\n`);
      await executeLine(session, line, io);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      session.errorLevel = interruptedLevel;
    }
  }
  return session.exitCode;
}
