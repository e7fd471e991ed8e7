import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { LoginOutcome, LoginTarget } from '../login-outcome';
import { maskSecrets } from '../mask-secrets';
import type { Programs, RunningProgram } from '../programs/programs';
import { connectionFailure } from './connection-failure';
import { askpassEnvironment, sshArguments } from './ssh-arguments';

const CONNECTED = 'rescue-lab-connected';

export type SshAttempt =
  | { readonly connection: SshConnection }
  | { readonly failure: Exclude<LoginOutcome, { outcome: 'accepted' }> };

/** One authenticated connection (OpenSSH's master) that commands and terminals go through. */
export class SshConnection implements AsyncDisposable {
  #open = true;

  private constructor(
    private readonly master: RunningProgram,
    /** Path of the socket that leads to the connection. */
    readonly controlPath: string,
  ) {
    const close = () => {
      this.#open = false;
    };
    master.ended.then(close, close);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Connects and authenticates; `LocalCommand` says when that is done. */
  static async attempt(
    programs: Programs,
    target: LoginTarget,
    files: { readonly askpass: string; readonly controlPath: string; readonly directory: string },
    deadline: number,
  ): Promise<SshAttempt> {
    const master = programs.start({
      file: 'ssh',
      arguments: [
        ...sshArguments(target, files.directory),
        ...['-M', '-N', '-S', files.controlPath],
        ...['-o', 'PermitLocalCommand=yes', '-o', `LocalCommand=echo ${CONNECTED}`],
        target.host,
      ],
      environment: askpassEnvironment(target, files.askpass),
    });
    master.stdin.end();
    const said = text(master.stderr);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), deadline);
    });
    try {
      const first = await Promise.race([connected(master), master.ended, late]);
      if (first === 'connected') return { connection: new SshConnection(master, files.controlPath) };
      if (first === 'late') {
        await master.stop();
        const detail = `no answer to the login within ${deadline} ms. ${await said}`.trim();
        return { failure: { outcome: 'unreachable', detail: maskSecrets(detail, [target.password]) } };
      }
      const { outcome, detail } = connectionFailure(await said);
      return { failure: { outcome, detail: maskSecrets(detail, [target.password]) } };
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.master.stop();
  }
}

/** Resolves when the master is authenticated, and never where it ends before. */
function connected(master: RunningProgram): Promise<'connected'> {
  return new Promise((resolve) => {
    let seen = '';
    master.stdout.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes(CONNECTED)) resolve('connected');
    });
  });
}

/** Where the control sockets of a client lie; short, since socket paths have at most 107 bytes. */
export function controlPath(directory: string, number: number): string {
  const path = join(directory, `c${number}`);
  // OpenSSH makes the socket under a temporary name with 17 more characters.
  if (Buffer.byteLength(path) > 107 - 17)
    throw new Error(
      `The folder ${directory} has too long a name for an SSH control socket. Use a shorter one.`,
    );
  return path;
}
