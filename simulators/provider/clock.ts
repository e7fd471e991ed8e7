import { setImmediate as nextTurn } from 'node:timers/promises';

/** The time that a simulator sees. Simulators never read `Date.now()`; they get one of these. */
export interface Clock {
  /** Lab time in milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `callback` once, when lab time has reached `time` (epoch milliseconds). Disposing takes it back. */
  at(time: number, callback: () => void): Disposable;
  /** Calls `callback` once, `milliseconds` of lab time from now. Disposing takes it back. */
  after(milliseconds: number, callback: () => void): Disposable;
  /** Resolves when lab time has reached `time` (epoch milliseconds); rejects with the reason of `signal`. */
  waitUntil(time: number, options?: { signal?: AbortSignal }): Promise<void>;
}

interface Timer {
  readonly time: number;
  readonly order: number;
  readonly callback: () => void;
}

/** `setTimeout` takes at most a signed 32-bit count of milliseconds; longer waits are taken in pieces. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/**
 * The lab's one clock. It follows real time until it is frozen; `advance` moves it forward and runs what falls
 * due on the way in order, so that a scenario can say "24 hours later" and nothing sleeps.
 */
export class LabClock implements Clock, Disposable {
  /** Lab time minus real time while running; the lab time itself while frozen. */
  #frozenAt: number | undefined;
  #offset = 0;
  #timers: Timer[] = [];
  #order = 0;
  #wakeUp: NodeJS.Timeout | undefined;
  #moving: Promise<void> = Promise.resolve();

  /** `startAt`: the lab time to begin with (default: real time). `frozen`: stand still from the start. */
  constructor({ startAt, frozen = false }: { startAt?: Date; frozen?: boolean } = {}) {
    if (startAt !== undefined) {
      this.#offset = startAt.getTime() - Date.now();
    }
    if (frozen) {
      this.#frozenAt = startAt?.getTime() ?? Date.now();
    }
  }

  get frozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  now(): number {
    return this.#frozenAt ?? Date.now() + this.#offset;
  }

  at(time: number, callback: () => void): Disposable {
    const timer: Timer = { time, order: this.#order++, callback };
    this.#timers.push(timer);
    this.#timers.sort((one, other) => one.time - other.time || one.order - other.order);
    this.#schedule();
    return {
      [Symbol.dispose]: () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        this.#schedule();
      },
    };
  }

  after(milliseconds: number, callback: () => void): Disposable {
    return this.at(this.now() + milliseconds, callback);
  }

  waitUntil(time: number, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const abort = () => {
        timer[Symbol.dispose]();
        reject(signal?.reason);
      };
      const timer = this.at(time, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Stops lab time, at the present moment or, when `at` is given, at that later one (without running timers). */
  freeze(at?: Date): void {
    const now = this.now();
    if (at !== undefined && at.getTime() < now) {
      throw new Error(
        `The lab clock cannot go back: it shows ${new Date(now).toISOString()}, and was asked to freeze at ` +
          `${at.toISOString()}. Give the wanted time as \`startAt\` when the lab is made.`,
      );
    }
    this.#frozenAt = at?.getTime() ?? now;
    this.#schedule();
  }

  /** Lets lab time follow real time again, from where it stands. */
  run(): void {
    this.#offset = this.now() - Date.now();
    this.#frozenAt = undefined;
    this.#schedule();
  }

  /**
   * Moves lab time forward by `milliseconds`, running each timer at its own time on the way, also those that
   * were made on the way. Between two timers one turn of the event loop passes, so that promises settle; real
   * I/O started by a timer is not waited for. A frozen clock stays frozen, a running one goes on.
   */
  advance(milliseconds: number): Promise<void> {
    if (!(milliseconds >= 0)) {
      throw new Error(`The lab clock only goes forward: it was asked to advance by ${milliseconds} ms.`);
    }
    const step = this.#moving.then(() => this.#advance(milliseconds));
    this.#moving = step.catch(() => {});
    return step;
  }

  async #advance(milliseconds: number): Promise<void> {
    const wasFrozen = this.frozen;
    const target = this.now() + milliseconds;
    this.freeze();
    await nextTurn();
    for (let timer = this.#timers[0]; timer !== undefined && timer.time <= target; timer = this.#timers[0]) {
      this.#timers.shift();
      this.#frozenAt = Math.max(this.now(), timer.time);
      timer.callback();
      await nextTurn();
    }
    this.#frozenAt = target;
    if (!wasFrozen) {
      this.run();
    }
  }

  #schedule(): void {
    clearTimeout(this.#wakeUp);
    this.#wakeUp = undefined;
    const next = this.#timers[0];
    const wait = next === undefined ? 0 : Math.max(next.time - this.now(), 0);
    // What is due happens on a frozen clock too: its time has come.
    if (next === undefined || (this.frozen && wait > 0)) {
      return;
    }
    this.#wakeUp = setTimeout(() => this.#runDue(), Math.min(wait, LONGEST_TIMEOUT));
  }

  #runDue(): void {
    const due = this.#timers.filter((timer) => timer.time <= this.now());
    this.#timers = this.#timers.slice(due.length);
    this.#schedule();
    for (const timer of due) {
      timer.callback();
    }
  }

  /** Forgets all timers: nothing of this clock keeps the process alive afterwards. */
  [Symbol.dispose](): void {
    this.#timers = [];
    this.#schedule();
  }
}
