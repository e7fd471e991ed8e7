import type { Redirection } from './command-node';
import { textLines } from './piped-lines';
import type { ProgramIo, TextOutput } from './program';
import type { ShellSession } from './session';
import { decodeText, encodeText } from './text-encoding';

interface FileOutput extends TextOutput {
  flush(): Promise<void>;
}

/** Devices that swallow everything; printers and serial lines are not there, so they do so too (our choice). */
function isNothing(target: string): boolean {
  return /^(?:.*[\\/])?(nul|prn|aux|com\d|lpt\d):?$/i.test(target);
}

async function openOutput(session: ShellSession, { mode, target }: Redirection): Promise<FileOutput> {
  if (typeof target !== 'string' || isNothing(target)) return { write: () => {}, flush: async () => {} };
  const { files } = session.parts;
  const path = session.resolvePath(target);
  await files.write(path, new Uint8Array(), { append: mode === 'append' });
  const parts: Uint8Array[] = [];
  return {
    write: (part) => {
      parts.push(encodeText(part));
    },
    writeBytes: (bytes) => {
      parts.push(bytes);
    },
    flush: () => files.write(path, new Uint8Array(Buffer.concat(parts)), { append: true }),
  };
}

/** Runs `work` with its streams redirected; files are created before it starts and written when it ends. */
export async function withRedirections(
  session: ShellSession,
  redirections: readonly Redirection[],
  io: ProgramIo,
  work: (io: ProgramIo) => Promise<void>,
): Promise<void> {
  let { input, output, errors, terminal } = io;
  const opened: FileOutput[] = [];
  for (const redirection of redirections) {
    const { stream, mode, target } = redirection;
    if (mode === 'read') {
      if (typeof target !== 'string') continue;
      if (/^con:?$/i.test(target)) {
        input = io.keyboard;
        continue;
      }
      const bytes = isNothing(target)
        ? new Uint8Array()
        : await session.parts.files.read(session.resolvePath(target));
      input = textLines(decodeText(bytes), output);
      continue;
    }
    let destination: TextOutput;
    if (typeof target === 'number') destination = target === 1 ? output : errors;
    else if (/^con:?$/i.test(target)) destination = io.output;
    else {
      const file = await openOutput(session, redirection);
      opened.push(file);
      destination = file;
    }
    if (stream === 2) errors = destination;
    else if (stream === 1) {
      output = destination;
      terminal = undefined;
    }
  }
  try {
    await work({ ...io, input, output, errors, terminal });
  } finally {
    for (const file of opened) await file.flush();
  }
}
