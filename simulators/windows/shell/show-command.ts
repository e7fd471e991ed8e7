import type { ProgramIo } from './program';
import { renderPrompt } from './prompt';
import type { ShellSession } from './session';

/** With echo on cmd shows what it runs for a batch file or a `for`, behind the prompt. */
export function showCommand(session: ShellSession, text: string, io: ProgramIo): void {
  if (!session.echo) return;
  const { version } = session.parts.host;
  const template = session.environment.get('PROMPT') ?? '$P$G';
  const prompt = renderPrompt(template, { folder: session.folder, version });
  io.output.write(`\r\n${prompt}${text.trim().replaceAll('\n', '\r\n')} \r\n`);
}
