import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { SessionSource } from './http-session';

const pollMs = 50;

/** A source that asks nobody before a file is there. (Polled: its folder may be on a file system without events.) */
export function afterFile(path: string, source: SessionSource): SessionSource {
  return {
    async next(signal) {
      while (!(await stat(path).catch(() => undefined))) await delay(pollMs, undefined, { signal });
      return source.next(signal);
    },
    ready: (signal) => source.ready(signal),
  };
}
