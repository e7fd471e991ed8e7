import { execa } from 'execa';
import { qemuProgram } from './qemu-program';
import type { Session } from './session/session';

export interface QemuExit {
  readonly code: number | undefined;
  readonly signal: string | undefined;
}

/** One running QEMU of a session: its number, what it said on standard error, and its end. */
export class QemuProcess implements AsyncDisposable {
  readonly pid: number;
  readonly commandLine: readonly string[];
  /** Settles when QEMU has ended, however that came. */
  readonly exited: Promise<QemuExit>;
  #stderr = '';
  #exit: QemuExit | undefined;

  /** Starts QEMU. Throws when the program is not installed. */
  constructor(argv: readonly string[], session: Session) {
    const program = qemuProgram();
    const child = execa(program, argv, {
      // In a process group of its own: Ctrl-C is for the runner, which then ends its machines in order.
      detached: true,
      cleanup: false,
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'pipe',
      buffer: false,
      reject: false,
      env: session.environment,
    });
    if (child.pid === undefined) {
      throw new Error(
        `${program} could not be started: is it installed and on the PATH? On Debian: apt-get install qemu-system-x86 qemu-utils socat.`,
      );
    }
    session.trackProcess(child);
    this.pid = child.pid;
    this.commandLine = [program, ...argv];
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-64 * 1024);
    });
    this.exited = child.then(({ exitCode, signal }) => {
      this.#exit = { code: exitCode, signal };
      return this.#exit;
    });
  }

  /** The last of what QEMU wrote to standard error. */
  get stderr(): string {
    return this.#stderr.trim();
  }

  /** How QEMU ended; undefined while it runs. */
  get exit(): QemuExit | undefined {
    return this.#exit;
  }

  /** "ended with code 1, saying: ..." */
  describeExit({ code, signal }: QemuExit): string {
    const how = signal === undefined ? `code ${code}` : `signal ${signal}`;
    return `QEMU (pid ${this.pid}) ended with ${how}${this.stderr === '' ? ' and said nothing' : `, saying: ${this.stderr}`}.`;
  }

  /** Ends QEMU at once, and waits for that. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#exit === undefined) {
      try {
        process.kill(this.pid, 'SIGKILL');
      } catch {
        // It has just ended by itself.
      }
    }
    await this.exited;
  }
}
