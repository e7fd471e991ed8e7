import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Session } from '../session/session';
import { NbdConnection } from './nbd-connection';

/**
 * Opens an image of any format for reading, as the guest would see it. `qemu-nbd` serves it until the
 * connection closes; `--fork` returns when it listens.
 */
export async function openDisk(
  { path, format }: { readonly path: string; readonly format: string },
  session: Session,
): Promise<NbdConnection> {
  const folder = session.tempDir('nbd');
  const [socket, pidFile] = [join(folder, 's'), join(folder, 'pid')];
  const { failed, stderr, code } = await execa(
    'qemu-nbd',
    ['--fork', '--read-only', '--socket', socket, '--pid-file', pidFile, '--format', format, path],
    // Its daemon inherits the standard streams: nothing of them may be waited for.
    { reject: false, env: session.environment, stdin: 'ignore', stdout: 'ignore', stderr: 'pipe' },
  );
  if (failed) {
    const reason =
      code === 'ENOENT' ? 'qemu-nbd is not installed (Debian: qemu-utils)' : String(stderr).trim();
    throw new Error(`The disk ${path} cannot be read: ${reason}.`);
  }
  session.trackProcess({ pid: Number(await readFile(pidFile, 'utf8')) });
  const connection = await NbdConnection.open(socket);
  await rm(folder, { recursive: true });
  return connection;
}
