import type { SshSession } from '../simulators/workstation';
import type { Login, RescueWorld } from './world';

const promptDeadline = 30_000;

/** Logs in by SSH and waits for the prompt. */
export async function openTerminal(world: RescueWorld, login: Login): Promise<SshSession> {
  const terminal = await world.ssh(login).interactive();
  await terminal.waitFor(/\n\S+@\S+ [A-Z]:\\[^\r\n]*>/, { deadline: promptDeadline });
  return terminal;
}

/** Types a line in `diskpart>` or at the prompt and answers what it printed. */
export async function typeLine(terminal: SshSession, line: string, prompt: RegExp): Promise<string> {
  terminal.sendLine(line);
  return terminal.waitFor(prompt, { deadline: promptDeadline });
}
