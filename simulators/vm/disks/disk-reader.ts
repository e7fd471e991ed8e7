import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Session } from '../session/session';
import { NbdConnection } from './nbd-connection';

/**
 * An open image. `qemu-nbd` serves it and holds locks on it and on all that it stands on: others may write there once the
 * reader has been disposed of.
 */
export class DiskReader implements AsyncDisposable {
  constructor(
    private readonly connection: NbdConnection,
    private readonly serverEnded: Promise<unknown>,
  ) {}

  /** Bytes as the guest sees them. */
  get size(): number {
    return this.connection.size;
  }

  /** Reads each range in order; a few requests are under way while earlier ones are looked at. */
  readAll<R extends { readonly start: number; readonly length: number }>(ranges: readonly R[]) {
    return this.connection.readAll(ranges);
  }

  /** Hangs up and waits for the server's end. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.connection[Symbol.dispose]();
    await this.serverEnded;
  }
}

/**
 * Opens an image of any format for reading, as the guest would see it. `qemu-nbd` serves it until the
 * connection closes; `--fork` returns when it listens.
 */
export async function openDisk(
  { path, format }: { readonly path: string; readonly format: string },
  session: Session,
): Promise<DiskReader> {
  const folder = session.tempDir('nbd');
  const [socket, pidFile] = [join(folder, 's'), join(folder, 'pid')];
  const launcher = spawn(
    'qemu-nbd',
    ['--fork', '--read-only', '--socket', socket, '--pid-file', pidFile, '--format', format, path],
    // The server inherits the last pipe: its end is the server's end, which is no child of ours.
    { env: session.environment, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const alive = launcher.stdio[3] as Socket;
  const serverEnded = once(alive.resume(), 'close');
  const said = text(launcher.stdio[2] as Readable);
  const [exitCode] = (await once(launcher, 'exit').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'qemu-nbd is not installed (Debian: qemu-utils)' : error.message;
    throw new Error(`The disk ${path} cannot be read: ${reason}.`);
  })) as [number | null];
  if (exitCode !== 0) throw new Error(`The disk ${path} cannot be read: ${(await said).trim()}.`);
  session.trackProcess({ pid: Number(await readFile(pidFile, 'utf8')) });
  const connection = await NbdConnection.open(socket);
  await rm(folder, { recursive: true });
  return new DiskReader(connection, serverEnded);
}
