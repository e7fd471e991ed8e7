import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ByteQueue } from '../shell';
import type { WindowsHost } from '../windows-host';

/** The subsystem `sftp` in the configuration of OpenSSH for Windows; sshd hands its name on as a command. */
export const SFTP_COMMAND = 'sftp-server.exe';

/** What a client sends, and what takes the answer: both as they are. */
export interface ByteStreams {
  readonly input: ByteQueue;
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

/**
 * Serves the drives that there are now over SFTP until the client ends.
 * @param program is given the user, the folder to begin in, and letter and mount point of each drive
 */
export async function serveSftp(
  program: string,
  host: Pick<WindowsHost, 'systemDrive' | 'volumes'>,
  user: string,
  streams: ByteStreams,
): Promise<number> {
  const drives = (await host.volumes()).flatMap(({ letter, mountPoint }) =>
    letter === undefined || mountPoint === undefined ? [] : [letter, mountPoint],
  );
  return runOnBytes(program, [user, `/${host.systemDrive}:/Users/${user}`, ...drives], streams);
}

async function runOnBytes(
  program: string,
  programArguments: readonly string[],
  { input, write }: ByteStreams,
): Promise<number> {
  const child = spawn(program, programArguments, { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'close') as Promise<[number | null]>;
  // It may end before it has read everything.
  child.stdin.on('error', () => undefined);
  const feed = async (): Promise<void> => {
    for (let bytes = await input.take(); bytes; bytes = await input.take())
      if (!child.stdin.write(bytes)) await Promise.race([once(child.stdin, 'drain'), ended]);
    child.stdin.end();
    // The client has gone: nobody reads what it still says.
    if (input.abandoned) child.kill();
  };
  const feeding = feed();
  for await (const bytes of child.stdout) await write(bytes as Uint8Array);
  const [code] = await ended;
  input.end();
  await feeding;
  return code ?? 1;
}
