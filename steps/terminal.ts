import type { SshSession } from '../simulators/workstation';
import type { Login, RescueWorld } from './world';

const promptDeadline = 90_000;
export const diskpart = /DISKPART> /;
export const commandPrompt = /\S+@\S+ [A-Z]:\\[^\r\n]*>/;

/** Logs in by SSH and waits for the prompt. */
export async function openTerminal(world: RescueWorld, login: Login): Promise<SshSession> {
  const terminal = await world.ssh(login).interactive();
  await terminal.waitFor(/\n\S+@\S+ [A-Z]:\\[^\r\n]*>/, { deadline: promptDeadline });
  return terminal;
}

/** Types a line in `diskpart>` or at the prompt and answers what it printed. */
export async function typeLine(
  terminal: SshSession,
  line: string,
  prompt: RegExp,
  deadline = promptDeadline,
): Promise<string> {
  terminal.sendLine(line);
  return terminal.waitFor(prompt, { deadline });
}

/** Types lines at the prompt, one after the other, and answers what each printed. */
export async function typeLines(terminal: SshSession, lines: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  for (const line of lines) answers.push(await typeLine(terminal, line, commandPrompt));
  return answers;
}

/** Works in diskpart and leaves it; answers what each line printed. */
export async function typeInDiskpart(terminal: SshSession, lines: readonly string[]): Promise<string[]> {
  await typeLine(terminal, 'diskpart', diskpart);
  const answers: string[] = [];
  for (const line of lines) answers.push(await typeLine(terminal, line, diskpart));
  await typeLine(terminal, 'exit', commandPrompt);
  return answers;
}

/** Types lines at whichever prompt stands there, also into diskpart and out of it; answers all that was printed. */
export async function typeAnywhere(terminal: SshSession, lines: readonly string[]): Promise<string> {
  const prompt = new RegExp(`${diskpart.source}|${commandPrompt.source}`);
  let printed = '';
  for (const line of lines) printed += await typeLine(terminal, line, prompt);
  return printed;
}
