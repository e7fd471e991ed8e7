import { waitingFor } from '../../waits';
import type { LoginOutcome, LoginTarget } from '../login-outcome';
import { maskSecrets } from '../mask-secrets';
import type { Program, Programs } from '../programs/programs';
import { runProgram } from '../programs/run-program';
import { rdpOutcome } from './rdp-outcome';
import { RdpSession } from './rdp-session';
import { VirtualDisplay } from './virtual-display';

const LOGIN_DEADLINE = 60_000;
const SIZE = { width: 1024, height: 768 } as const;

/** FreeRDP's client for one server and user, with network level authentication. */
export class RdpClient {
  constructor(
    private readonly programs: Programs,
    private readonly target: LoginTarget,
    /** Folders below the programs' own get this name. */
    private readonly name: string,
  ) {}

  #folders = 0;

  /** Authenticates and hangs up. `deadline` is in milliseconds. */
  async tryLogin({ deadline = LOGIN_DEADLINE }: { readonly deadline?: number } = {}): Promise<LoginOutcome> {
    await using display = await this.#display();
    const program = this.#xfreerdp(display, ['+auth-only', '/log-level:DEBUG']);
    const input = `${this.target.password}\n`;
    const result = await waitingFor('login by RDP', () =>
      runProgram(this.programs, program, { input, deadline }),
    );
    const outcome = rdpOutcome(result.exitCode, result.stdout + result.stderr, result.timedOut);
    if (outcome.outcome === 'accepted') return outcome;
    return { ...outcome, detail: maskSecrets(outcome.detail, [this.target.password]) };
  }

  /** Opens the remote desktop. The caller disposes it. */
  async connect(): Promise<RdpSession> {
    const display = await this.#display();
    try {
      // Light codecs: an emulated server spends most of its time on encoding otherwise.
      const program = this.#xfreerdp(display, [
        '-gfx',
        '/rfx',
        `/size:${SIZE.width}x${SIZE.height}`,
        '-decorations',
      ]);
      const client = this.programs.start(program);
      client.stdin.end(`${this.target.password}\n`);
      return new RdpSession(client, display, `${this.target.host}:${this.target.port}`);
    } catch (error) {
      await display[Symbol.asyncDispose]();
      throw error;
    }
  }

  #display(): Promise<VirtualDisplay> {
    const folder = `${this.name}-${++this.#folders}`;
    return VirtualDisplay.start(this.programs, folder, SIZE.width, SIZE.height);
  }

  /** The password is read from standard input; an empty domain is given so that it is not asked for. */
  #xfreerdp(display: VirtualDisplay, more: readonly string[]): Program {
    const { host, port, user } = this.target;
    const address = [
      `/v:${host}:${port}`,
      `/u:${user}`,
      '/d:',
      '/from-stdin:force',
      '/sec:nla',
      '/cert:ignore',
    ];
    return {
      file: 'xfreerdp',
      arguments: [...address, ...more],
      environment: { DISPLAY: display.name, HOME: this.programs.directory },
    };
  }
}
