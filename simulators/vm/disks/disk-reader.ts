import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Session } from '../session/session';
import { NbdConnection } from './nbd-connection';

/**
 * Opens an image of any format for reading, as the guest would see it. `qemu-nbd` serves it until the
 * connection closes; `--fork` returns when it listens. It locks nobody out: it ends, and lets the image go, only some
 * time after the connection, and the image may be written by then.
 */
export async function openDisk(
  { path, format }: { readonly path: string; readonly format: string },
  session: Session,
): Promise<NbdConnection> {
  const folder = session.tempDir('nbd');
  const [socket, pidFile] = [join(folder, 's'), join(folder, 'pid')];
  // A comma in a name is written twice (qemu(1)).
  const image = `driver=${format},read-only=on,force-share=on,file.driver=file,file.filename=${path.replaceAll(',', ',,')}`;
  const { failed, stderr, code } = await execa(
    'qemu-nbd',
    ['--fork', '--read-only', '--socket', socket, '--pid-file', pidFile, '--image-opts', image],
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
