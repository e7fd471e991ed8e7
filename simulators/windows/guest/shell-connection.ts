import { once } from 'node:events';
import type { Socket } from 'node:net';
import {
  ByteQueue,
  type ConsoleModes,
  encodeInCodePage,
  type Shell,
  type TextOutput,
  toUtf8,
  UTF8_CODE_PAGE,
} from '../shell';
import { ClientFrame, encodeExit, encodeFrame, type Frame, FrameReader, ServerFrame } from './frames';
import { type ByteStreams, SFTP_COMMAND } from './sftp';
import { parseShellRequest, type ShellRequest } from './shell-request';

/** What the shell socket needs of the rest of the guest. */
export interface ShellServices {
  openShell(user: string): Promise<Shell>;
  authenticate(user: string, password: string): Promise<boolean>;
  /** Serves files over SFTP; the exit code. */
  serveFiles(user: string, streams: ByteStreams): Promise<number>;
  /** The code page of a new console. */
  codePage(): number;
  /** Somebody types, or a program's input comes. */
  typed(): void;
  log(sentence: string): void;
}

const text = (socket: Socket, type: number, codePage: () => number): TextOutput => ({
  write: (part) => {
    if (!socket.writable || part === '') return;
    socket.write(encodeFrame(type, Buffer.from(encodeInCodePage(part, codePage()))));
  },
});

/** Settles when the client has room for more, or has gone. */
async function writeBytes(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (!socket.writable || socket.write(encodeFrame(ServerFrame.output, bytes))) return;
  await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
}

const utf8 = (): number => UTF8_CODE_PAGE;

/** Its bytes are no text: they pass as they are. */
const isSftp = ({ kind, command }: ShellRequest): boolean => kind === 'exec' && command === SFTP_COMMAND;

async function readAll(input: ByteQueue): Promise<string> {
  const chunks: Uint8Array[] = [];
  for (let chunk = await input.take(); chunk; chunk = await input.take()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function answer(
  request: ShellRequest,
  input: ByteQueue,
  socket: Socket,
  terminal: { columns: number; rows: number } | undefined,
  console: ConsoleModes,
  services: ShellServices,
): Promise<number> {
  if (request.kind === 'authenticate') {
    // pam_exec ends the password with a NUL.
    const password = (await readAll(input)).replace(/\0[\s\S]*$/, '');
    return (await services.authenticate(request.user, password)) ? 0 : 1;
  }
  if (isSftp(request))
    return services.serveFiles(request.user, { input, write: (bytes) => writeBytes(socket, bytes) });
  // A pseudoconsole speaks UTF-8 with its client, whatever its code page (Microsoft, "Windows Console and Terminal").
  const codePage = terminal ? utf8 : () => console.codePage;
  const output = text(socket, ServerFrame.output, codePage);
  // On a terminal both streams are one screen and must keep their order.
  const errors = terminal ? output : text(socket, ServerFrame.errors, codePage);
  const shell = await services.openShell(request.user);
  const streams = { input, output, errors, terminal, console };
  return request.kind === 'shell' ? shell.interact(streams) : shell.execute(request.command, streams);
}

/** Serves one client until its exit frame is sent or it has gone. */
export function serveConnection(socket: Socket, services: ShellServices): void {
  let isText = true;
  const reader = new FrameReader();
  const input = new ByteQueue();
  let terminal: { columns: number; rows: number } | undefined;
  const console = { codePage: services.codePage() };
  let started = false;

  const fail = (error: unknown): number => {
    const message = error instanceof Error ? error.message : String(error);
    services.log(`shell socket: ${error instanceof Error ? (error.stack ?? message) : message}`);
    text(socket, ServerFrame.errors, utf8).write(`${message}\r\n`);
    return 1;
  };
  const finish = (code: number): void => {
    if (socket.writable) socket.end(encodeExit(code));
  };
  const receive = ({ type, payload }: Frame): void => {
    if (type === ClientFrame.input) {
      services.typed();
      const bytes = Uint8Array.from(payload);
      input.push(terminal || !isText ? bytes : toUtf8(bytes, console.codePage));
    } else if (type === ClientFrame.end) input.end();
    else if (type === ClientFrame.resize && terminal && payload.length >= 4) {
      const view = Buffer.from(payload);
      terminal.columns = view.readUInt16BE(0) || terminal.columns;
      terminal.rows = view.readUInt16BE(2) || terminal.rows;
    }
  };

  socket.on('data', (chunk) => {
    try {
      const { header, frames } = reader.push(chunk);
      if (header !== undefined && !started) {
        started = true;
        const request = parseShellRequest(header);
        isText = request.kind !== 'authenticate' && !isSftp(request);
        terminal = request.terminal && { ...request.terminal };
        void answer(request, input, socket, terminal, console, services).catch(fail).then(finish);
      }
      frames.forEach(receive);
    } catch (error) {
      finish(fail(error));
      socket.destroySoon();
    }
  });
  // A client that closes its side has no more input; one that vanishes ends loops as well.
  socket.on('end', () => input.end());
  socket.on('close', () => input.abandon());
  socket.on('error', () => input.abandon());
}
