import { startWithExeca } from './execa-program';
import type { Program, Programs, RunningProgram } from './programs';

/** Runs the customer's programs on this host. */
export class HostPrograms implements Programs {
  readonly kind = 'host';
  readonly #running = new Set<RunningProgram>();

  constructor(
    readonly directory: string,
    readonly environment: Readonly<Record<string, string>>,
    readonly description: string,
  ) {}

  start(program: Program): RunningProgram {
    const environment = { ...this.environment, ...program.environment };
    const running = startWithExeca(program.file, program.arguments, environment);
    this.#running.add(running);
    const forget = () => this.#running.delete(running);
    running.ended.then(forget, forget);
    return running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.stop()));
  }
}
