import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitingFor } from '../../waits';
import type { LoginOutcome, LoginTarget } from '../login-outcome';
import { maskSecrets } from '../mask-secrets';
import type { Programs } from '../programs/programs';
import { runProgram } from '../programs/run-program';
import { ASKPASS_SCRIPT, askpassEnvironment, sshArguments } from './ssh-arguments';
import { controlPath, type SshAttempt, SshConnection } from './ssh-connection';
import { SshSession } from './ssh-session';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Deadline {
  /** Milliseconds. */
  readonly deadline?: number;
}

const LOGIN_DEADLINE = 60_000;
const COMMAND_DEADLINE = 120_000;
const TRANSFER_DEADLINE = 120_000;
const CHECK_DEADLINE = 10_000;

/**
 * OpenSSH's client for one server and user. The first use logs in; what follows goes through the same connection (0.2 s
 * instead of 0.9 s for each command under emulation) until the server closes it, and then logs in again.
 */
export class SshClient implements AsyncDisposable {
  readonly #directory: string;
  readonly #askpass: string;
  #connection: SshConnection | undefined;
  #connections = 0;
  #downloads = 0;

  /** `name` is a folder below the programs' own, new for this client. */
  constructor(
    private readonly programs: Programs,
    private readonly target: LoginTarget,
    name: string,
  ) {
    this.#directory = join(programs.directory, name);
    this.#askpass = join(this.#directory, 'askpass');
    mkdirSync(this.#directory, { mode: 0o700 });
    writeFileSync(this.#askpass, ASKPASS_SCRIPT, { mode: 0o700 });
  }

  /** Logs in anew, whether or not a connection is open, and says what became of it. */
  async tryLogin({ deadline = LOGIN_DEADLINE }: Deadline = {}): Promise<LoginOutcome> {
    const attempt = await this.#attempt(deadline);
    if ('failure' in attempt) return attempt.failure;
    const previous = this.#connection;
    this.#connection = attempt.connection;
    await previous?.[Symbol.asyncDispose]();
    return { outcome: 'accepted' };
  }

  /** Runs one command without a terminal. Any exit code is a result; a connection that fails or breaks is an error. */
  async exec(command: string, options: Deadline & { readonly input?: string } = {}): Promise<CommandResult> {
    const { input = '', deadline = COMMAND_DEADLINE } = options;
    const through = await this.#throughConnection();
    const program = { file: 'ssh', arguments: [...through, this.target.host, command] };
    const result = await waitingFor('commands over SSH', () =>
      runProgram(this.programs, program, { input, deadline }),
    );
    const stderr = this.#mask(result.stderr);
    if (result.timedOut)
      throw new Error(
        `"${this.#mask(command)}" on ${this.#where} did not end within ${deadline} ms. Its output so far: ${JSON.stringify(this.#mask(result.stdout).slice(-400))} ${stderr}`.trim(),
      );
    // 255 is the remote command's own or ssh's: only a connection that is still there tells.
    if (result.exitCode === undefined || (result.exitCode === 255 && !(await this.#isAlive()))) {
      await this.#disconnect();
      throw new Error(
        `The connection to ${this.#where} broke while "${this.#mask(command)}" ran. ssh said: ${stderr || 'nothing'}`,
      );
    }
    return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
  }

  /**
   * Opens a shell on a terminal. The caller disposes it. The terminal's size is not known to the server (0x0).
   * @param options.ownConnection over a shared one OpenSSH asks for a terminal with all modes off, which Windows' shell
   *   does not mind: programs of Linux see no end of a line then
   */
  async interactive({
    ownConnection = false,
  }: {
    readonly ownConnection?: boolean;
  } = {}): Promise<SshSession> {
    const connection = ownConnection
      ? sshArguments(this.target, this.#directory)
      : await this.#throughConnection();
    const program = this.programs.start({
      file: 'ssh',
      arguments: ['-tt', ...connection, this.target.host],
      environment: {
        TERM: 'xterm-256color',
        ...(ownConnection ? askpassEnvironment(this.target, this.#askpass) : {}),
      },
    });
    return new SshSession(program, (text) => this.#mask(text));
  }

  /**
   * Runs commands of OpenSSH's sftp and answers what they printed. Throws what sftp said where one fails.
   * @param commands as sftp(1) has them, names in quotes
   */
  async sftp(commands: readonly string[], { deadline = TRANSFER_DEADLINE }: Deadline = {}): Promise<string> {
    const { exitCode, stdout, stderr, timedOut } = await runProgram(
      this.programs,
      { file: 'sftp', arguments: ['-q', '-b', '-', ...(await this.#throughConnection()), this.target.host] },
      { input: `${commands.join('\n')}\n`, deadline },
    );
    if (exitCode === 0) return stdout;
    const ending = timedOut ? `did not end within ${deadline} ms` : `ended with code ${exitCode}`;
    throw new Error(`sftp on ${this.#where} ${ending}: ${this.#mask(`${stdout}${stderr}`).trim()}`);
  }

  /** Fetches a file by its path on the server, such as `/C:/Users/Administrator/notes.txt`. */
  async download(path: string, options: Deadline = {}): Promise<Buffer> {
    const local = join(this.#directory, `download-${++this.#downloads}`);
    try {
      await this.sftp([`get "${path}" "${local}"`], options);
      return await readFile(local);
    } finally {
      await rm(local, { force: true });
    }
  }

  /** The server's host key as OpenSSH noted it down when it first met the server: type and base64 (known_hosts(5)). */
  async hostKey(): Promise<string> {
    await this.#throughConnection();
    const [line = ''] = (await readFile(join(this.#directory, 'known_hosts'), 'utf8')).split('\n');
    return line.split(' ').slice(1, 3).join(' ');
  }

  async #throughConnection(): Promise<string[]> {
    if (!this.#connection?.isOpen) {
      const attempt = await this.#attempt(LOGIN_DEADLINE);
      if ('failure' in attempt) {
        const { outcome, detail } = attempt.failure;
        const what = outcome === 'refused' ? 'refused the password' : 'could not be reached';
        throw new Error(`${this.#where} ${what}: ${detail}`);
      }
      this.#connection = attempt.connection;
    }
    return [
      ...sshArguments(this.target, this.#directory),
      '-o',
      'ControlMaster=no',
      '-o',
      `ControlPath=${this.#connection.controlPath}`,
    ];
  }

  #attempt(deadline: number): Promise<SshAttempt> {
    const path = controlPath(this.#directory, ++this.#connections);
    const files = { askpass: this.#askpass, directory: this.#directory, controlPath: path };
    return waitingFor('login by SSH', () =>
      SshConnection.attempt(this.programs, this.target, files, deadline),
    );
  }

  get #where(): string {
    return `${this.target.user}@${this.target.host}:${this.target.port}`;
  }

  #mask(text: string): string {
    return maskSecrets(text, [this.target.password]);
  }

  async #isAlive(): Promise<boolean> {
    const controlPath = this.#connection?.controlPath;
    if (controlPath === undefined || !this.#connection?.isOpen) return false;
    const check = ['-F', '/dev/null', '-S', controlPath, '-O', 'check', this.target.host];
    const { exitCode } = await runProgram(
      this.programs,
      { file: 'ssh', arguments: check },
      { deadline: CHECK_DEADLINE },
    );
    return exitCode === 0;
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#disconnect();
  }
}
