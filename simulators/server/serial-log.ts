import { EventEmitter, once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import type { SerialConsole } from '../vm';
import { tellWait } from '../waits';
import { bootPhase } from './boot-phase';

/** Whatever is printed next. */
const anything = /[\s\S]+/;

/** What the log follows of a machine. */
interface PrintingMachine {
  readonly serial: Pick<SerialConsole, 'text' | 'waitFor'>;
}

/** A server's serial line over all its boots, so that a power cycle does not lose what was printed before. */
export class SerialLog {
  #finished = '';
  #machine: PrintingMachine | undefined;
  readonly #changes = new EventEmitter();

  /** Follows the machine that now stands for the server; `before` is what a saved boot had printed. */
  attach(machine: PrintingMachine, before = ''): void {
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

  /**
   * Waits for text from `since` on, as people see it, over restarts of the machine. The time is told as that of the boot's
   * parts.
   * Fails after `deadline` (ms) with the last lines seen.
   */
  async waitFor(
    pattern: RegExp,
    { what, deadline, since = 0 }: { what: string; deadline: number; since?: number },
  ): Promise<string> {
    const end = performance.now() + deadline;
    const until = AbortSignal.timeout(deadline);
    for (;;) {
      const found = pattern.exec(this.text.slice(since));
      if (found) {
        return found[0];
      }
      const start = performance.now();
      const phase = bootPhase(this.text.slice(since));
      try {
        await this.#change(until, Math.max(1, end - start));
      } catch (cause) {
        const seen = this.text.slice(-1500).split(/\r?\n/).slice(-12).join('\n  ');
        throw new Error(
          `Waited ${deadline / 1000} s for ${what}: the serial line did not show ${pattern}. Its last lines:\n  ${seen}`,
          { cause },
        );
      } finally {
        tellWait({ for: phase, start, end: performance.now() });
      }
    }
  }

  /** Resolves when the present machine prints something, or another machine takes its place. */
  async #change(until: AbortSignal, deadline: number): Promise<void> {
    until.throwIfAborted();
    const over = new AbortController();
    const signal = AbortSignal.any([until, over.signal]);
    const other = once(this.#changes, 'machine', { signal });
    const printed = this.#machine?.serial
      .waitFor(anything, { deadline, what: 'the serial line to go on' })
      .catch(() => other);
    try {
      await Promise.race([other, ...(printed ? [printed] : [])]);
    } finally {
      over.abort();
      other.catch(() => undefined);
    }
  }
}
