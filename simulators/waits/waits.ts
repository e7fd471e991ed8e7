import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';

/** A stretch of time in which a scenario could do nothing but wait; times as `performance.now()` gives them (ms). */
export interface Wait {
  /** In people's words, the same for all waits of a kind: `firmware`, `login`. */
  readonly for: string;
  readonly start: number;
  readonly end: number;
}

const told = channel('rescue-lab.wait');
/** A wait inside another one is a part of it, and told with it. */
const inside = new AsyncLocalStorage<true>();

/** Tells whoever listens in this thread that time went by. */
export function tellWait(wait: Wait): void {
  if (!inside.getStore()) told.publish(wait);
}

/** Does the work and tells how long it took, whether it succeeds or not. */
export async function waitingFor<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  try {
    return await inside.run(true, work);
  } finally {
    tellWait({ for: what, start, end: performance.now() });
  }
}

/** Hears each wait of this thread until it is disposed. */
export function hearWaits(listener: (wait: Wait) => void): Disposable {
  const hear = (message: unknown): void => listener(message as Wait);
  told.subscribe(hear);
  return { [Symbol.dispose]: () => void told.unsubscribe(hear) };
}
