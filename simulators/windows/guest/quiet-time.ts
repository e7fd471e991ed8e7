import { setTimeout as delay } from 'node:timers/promises';

/** Knows when somebody last asked for something, so that work which can wait does wait. */
export class QuietTime {
  #last = performance.now();

  constructor(
    /** How long nobody must have asked (ms). */
    private readonly quiet: number,
    /** The longest wait (ms). */
    private readonly limit: number,
  ) {}

  /** Somebody asks for something now. */
  disturb(): void {
    this.#last = performance.now();
  }

  /** Resolves when nobody has asked for `quiet` ms from now on, after `limit` ms in any case. @throws when aborted */
  async begins(signal: AbortSignal): Promise<void> {
    this.disturb();
    const end = this.#last + this.limit;
    for (;;) {
      const now = performance.now();
      const wait = Math.min(this.#last + this.quiet, end) - now;
      if (wait <= 0) return;
      await delay(wait, undefined, { signal });
    }
  }
}
