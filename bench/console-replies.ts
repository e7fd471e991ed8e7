import type { SshClient } from '../simulators/workstation';

/** What customers type beside the command that the aim is about. */
const OTHERS = ['dir C:\\Windows', 'reg query HKLM\\SYSTEM\\Select', 'sc query TermService'];
/** Each command is typed so often. */
const TURNS = 7;
const PROMPT = /\S+@\S+ [A-Z]:\\[^\r\n]*>$/;
const deadline = 30_000;

/** Milliseconds from Enter to the next prompt at the client, by command, in the order in which they were typed. */
export type ConsoleReplies = Readonly<Record<string, readonly number[]>>;

/**
 * Opens a session on a terminal and types the commands, one after the other, some times over.
 * @param bcdedit the command that lists a store, which is typed first
 */
export async function consoleReplies(ssh: SshClient, bcdedit: string): Promise<ConsoleReplies> {
  await using terminal = await ssh.interactive();
  await terminal.waitFor(PROMPT, { deadline });
  const times = new Map<string, number[]>();
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const command of [bcdedit, ...OTHERS]) {
      terminal.send(command);
      await terminal.waitFor(wrapped(command), { deadline });
      const started = performance.now();
      terminal.send('\r');
      await terminal.waitFor(PROMPT, { deadline });
      times.set(command, [...(times.get(command) ?? []), performance.now() - started]);
    }
  }
  return Object.fromEntries(times);
}

/** The text, also where the terminal's edge breaks it. */
function wrapped(text: string): RegExp {
  return new RegExp(
    [...text].map((character) => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')).join('\\s*'),
  );
}
