import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 50;

/** Resolves when the file is there. (Polled: its folder may be on a file system without events.) @throws when aborted */
export async function waitForFile(path: string, signal: AbortSignal): Promise<void> {
  while (!(await stat(path).catch(() => undefined))) await delay(pollMs, undefined, { signal });
}
