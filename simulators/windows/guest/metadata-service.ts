import { setTimeout as delay } from 'node:timers/promises';
import { askOnce } from './ask-once';

const META_DATA = '/openstack/latest/meta_data.json';
const ASK_AGAIN = 503;

export interface MetadataServiceOptions {
  /** e.g. `http://10.0.2.4` */
  readonly url: string;
  /** Pause before the next question. */
  readonly retryMs: number;
  /** After this long a question is asked again: its connection may be one that a fork of the machine has lost. */
  readonly timeoutMs: number;
}

/**
 * Asks the cloud's metadata service, before the config drive is looked at, as cloud-init programs do; says `settled`
 * from the second question on, as nothing more is going to start in this guest by itself. Resolves with the cloud's time;
 * undefined where there is no such service.
 * @throws when aborted
 */
export async function askMetadataService(
  { url, retryMs, timeoutMs }: MetadataServiceOptions,
  signal: AbortSignal,
  onWaiting: () => Promise<void>,
): Promise<Date | undefined> {
  const ask = (path: string) => askOnce(`${url}${path}`, { method: 'GET', timeoutMs, signal });
  const first = await ask(META_DATA).catch(() => undefined);
  signal.throwIfAborted();
  if (first?.status !== ASK_AGAIN) return first?.date;
  await onWaiting();
  for (;;) {
    // Where there was a service, its silence is that of a lost connection.
    const answer = await ask(`${META_DATA}?settled`).catch(() => undefined);
    signal.throwIfAborted();
    if (answer && answer.status !== ASK_AGAIN) return answer.date;
    await delay(retryMs, undefined, { signal });
  }
}
