import { ByteQueue, type ShellStreams, type TextOutput } from '../../simulators/windows/shell';

/** Windows ends lines with CR LF; the host's programs and terminals want LF. */
function plainLines(stream: NodeJS.WriteStream): TextOutput {
  return {
    write: (text) => {
      stream.write(text.replaceAll('\r\n', '\n'));
    },
  };
}

/** This process's own streams for a Windows program; a terminal is in raw mode until the disposal. */
export function hostTerminal(): ShellStreams & Disposable {
  const { stdin, stdout, stderr } = process;
  const input = new ByteQueue();
  stdin.on('data', (chunk: Buffer) => input.push(chunk));
  stdin.on('end', () => input.end());
  const isTerminal = stdin.isTTY && stdout.isTTY;
  if (isTerminal) stdin.setRawMode(true);
  return {
    input,
    output: isTerminal ? { write: (text) => void stdout.write(text) } : plainLines(stdout),
    errors: isTerminal ? { write: (text) => void stdout.write(text) } : plainLines(stderr),
    terminal: isTerminal
      ? {
          get columns() {
            return stdout.columns;
          },
          get rows() {
            return stdout.rows;
          },
        }
      : undefined,
    [Symbol.dispose]() {
      if (isTerminal) stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
