import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that listens on a port. */
export interface ServerProgram {
  /** As people know it, e.g. `the SSH server`. */
  readonly name: string;
  readonly command: string;
  /** The words for a port. */
  readonly args: (port: number) => readonly string[];
  /** Variables beside those of this process; waited for, since what the program needs may still be starting. */
  readonly environment?: () => Promise<Readonly<Record<string, string>>>;
  /** Resolves when somebody listens on the port. */
  readonly listening: (port: number, signal: AbortSignal) => Promise<void>;
}

/** One server of the running system: off, or listening on one port. */
export class ServerProcess {
  #port: number | undefined;
  #child: ChildProcess | undefined;

  constructor(
    private readonly program: ServerProgram,
    private readonly log: (sentence: string) => void,
  ) {}

  /**
   * Makes it listen on the port, or on none; resolves when it does. @throws when it cannot be started, or when aborted.
   */
  async listen(port: number | undefined, signal: AbortSignal): Promise<void> {
    if (port === this.#port) return;
    await this.#stop();
    if (port === undefined) return;
    const { name, command, args, environment, listening } = this.program;
    const env = { ...process.env, ...(await environment?.()) };
    signal.throwIfAborted();
    const child = spawn(command, args(port), { stdio: 'ignore', env });
    this.#child = child;
    this.#port = port;
    const ended = once(child, 'exit').then(([code, cause]) => {
      // Whoever stops it has forgotten it first.
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#port = undefined;
      throw new Error(`${name} has ended (${code ?? cause}) on port ${port}.`);
    });
    ended.catch((error: unknown) => this.log(error instanceof Error ? error.message : String(error)));
    const stop = new AbortController();
    try {
      await Promise.race([listening(port, AbortSignal.any([signal, stop.signal])), ended]);
    } finally {
      stop.abort();
    }
  }

  async #stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#port = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stop();
  }
}
