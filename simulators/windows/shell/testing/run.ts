import { ByteQueue } from '../byte-queue';
import { createShell, type ShellOptions } from '../create-shell';
import { mountedFiles } from '../mounted-files';
import type { TerminalSize } from '../program';

type Setup = Pick<ShellOptions, 'host'> & Partial<ShellOptions>;

const options = (setup: Setup): ShellOptions => ({
  files: mountedFiles(setup.host),
  programs: new Map(),
  user: 'Administrator',
  remote: true,
  ...setup,
});

function client(input: string, terminal?: TerminalSize) {
  const bytes = new ByteQueue();
  bytes.push(Buffer.from(input));
  bytes.end();
  const seen = { output: '', errors: '' };
  const streams = {
    input: bytes,
    output: {
      write: (text: string) => {
        seen.output += text;
      },
    },
    errors: {
      write: (text: string) => {
        seen.errors += text;
      },
    },
    terminal,
  };
  return { seen, streams };
}

/** Runs one command as `ssh host command` does; `input` is what its standard input holds. */
export async function runCommand(setup: Setup, command: string, input = '') {
  const { seen, streams } = client(input);
  const shell = await createShell(options(setup));
  const exitCode = await shell.execute(command, streams);
  return { exitCode, ...seen };
}

/** Types into an interactive shell; with a terminal both streams come out of `output`, as on a screen. */
export async function runTyped(setup: Setup, input: string, terminal?: TerminalSize) {
  const { seen, streams } = client(input, terminal);
  const shell = await createShell(options(setup));
  const exitCode = await shell.interact(terminal ? { ...streams, errors: streams.output } : streams);
  return { exitCode, ...seen };
}
