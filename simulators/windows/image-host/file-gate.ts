import type { FileAccess } from '../shell';

type Call = (...given: never[]) => Promise<unknown>;

/**
 * Files that can be closed while somebody works on them: what has begun comes to its end, and what is asked for
 * afterwards never gets an answer, as nobody will be there to hear it.
 */
export class FileGate {
  readonly files: FileAccess;
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  constructor(files: FileAccess) {
    const calls = Object.entries(files) as [string, Call][];
    this.files = Object.fromEntries(
      calls.map(([name, call]) => [name, (...given: never[]) => this.#pass(() => call(...given))]),
    ) as unknown as FileAccess;
  }

  /** Resolves when nothing is going on any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
  }

  #pass(call: () => Promise<unknown>): Promise<unknown> {
    if (this.#closed) return new Promise(() => undefined);
    const running = call();
    this.#running.add(running);
    const forget = (): void => void this.#running.delete(running);
    running.then(forget, forget);
    return running;
  }
}
