import { shellBanner } from './banner';
import { endsInCaret } from './ends-in-caret';
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
export async function interact(
  session: ShellSession,
  io: ProgramIo,
  { banner = true }: { readonly banner?: boolean } = {},
): Promise<number> {
  const { version } = session.parts.host;
  if (banner) io.output.write(shellBanner(version));
  while (session.exitCode === undefined) {
    const template = session.environment.get('PROMPT') ?? '$P$G';
    const prompt = `\r\n${renderPrompt(template, { folder: session.folder, version })}`;
    const readLine = async (before: string): Promise<string | undefined> => {
      const line = await io.input.readLine(before);
      if (line !== undefined && !io.terminal && session.echo) io.output.write(`${line}\r\n`);
      return line;
    };
    const more = () => readLine('More? ');
    try {
      let line = await readLine(session.echo ? prompt : '');
      if (line === undefined) return session.errorLevel;
      while (endsInCaret(line)) line = line.slice(0, -1) + ((await more()) ?? '');
      await executeLine(session, line, io, more);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      session.errorLevel = interruptedLevel;
    }
  }
  return session.exitCode;
}
