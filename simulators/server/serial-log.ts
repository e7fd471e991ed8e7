import { EventEmitter, once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import type { RunningMachine } from '../vm';

/** A server's serial line over all its boots, so that a power cycle does not lose what was printed before. */
export class SerialLog {
  #finished = '';
  #machine: RunningMachine | undefined;
  readonly #changes = new EventEmitter();

  /** Follows the machine that now stands for the server; `before` is what a saved boot had printed. */
  attach(machine: RunningMachine, before = ''): void {
    this.detach();
    this.#finished += before;
    this.#machine = machine;
    this.#changes.emit('machine');
  }

  detach(): void {
    this.#finished += this.#machine?.serial.text ?? '';
    this.#machine = undefined;
  }

  /** Everything printed so far, without terminal control sequences. */
  get text(): string {
    return stripVTControlCharacters(this.#finished + (this.#machine?.serial.text ?? ''));
  }

  /** Position to wait from: what is printed from now on. */
  mark(): number {
    return this.text.length;
  }

  /** Waits for text from `since` on, over restarts of the machine. Fails with the last lines seen. */
  async waitFor(
    pattern: RegExp,
    { what, deadline, since = 0 }: { what: string; deadline: number; since?: number },
  ): Promise<string> {
    const until = AbortSignal.timeout(deadline);
    for (;;) {
      const found = pattern.exec(this.text.slice(since));
      if (found) {
        return found[0];
      }
      try {
        await this.#change(pattern, until, deadline);
      } catch (cause) {
        const seen = this.text.slice(-1500).split(/\r?\n/).slice(-12).join('\n  ');
        throw new Error(
          `Waited ${deadline / 1000} s for ${what}: the serial line did not show ${pattern}. Its last lines:\n  ${seen}`,
          { cause },
        );
      }
    }
  }

  /** Resolves at the next match of the present machine, or when another machine takes its place. */
  async #change(pattern: RegExp, until: AbortSignal, deadline: number): Promise<void> {
    until.throwIfAborted();
    const over = new AbortController();
    const signal = AbortSignal.any([until, over.signal]);
    const other = once(this.#changes, 'machine', { signal });
    const match = this.#machine?.serial.waitFor(pattern, { deadline, what: 'the text' }).catch(() => other);
    try {
      await Promise.race([other, ...(match ? [match] : [])]);
    } finally {
      over.abort();
      other.catch(() => undefined);
    }
  }
}
