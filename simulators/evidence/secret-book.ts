import { BroadcastChannel } from 'node:worker_threads';
import { maskSecrets } from './mask-secrets';

const CHANNEL = 'rescue-lab-secrets';

/** The secrets of this process's run: whoever makes or learns one adds it, whoever writes something down asks for a mask. */
export class SecretBook {
  readonly #secrets = new Set<string>();
  #channel: BroadcastChannel | undefined;

  add(...secrets: readonly string[]): void {
    for (const secret of secrets) {
      if (this.#secrets.has(secret)) continue;
      this.#secrets.add(secret);
      this.#channel?.postMessage(secret);
    }
  }

  mask(text: string): string {
    return maskSecrets(text, this.#secrets);
  }

  /** Whether the text carries a secret in the clear. */
  finds(text: string): boolean {
    return this.mask(text) !== text;
  }

  /**
   * Joins the books of all threads of this process, because parallel scenarios run in worker threads while the report
   * is written in the main one. Secrets never leave the process. The channel does not keep it alive.
   */
  share(): this {
    if (this.#channel) return this;
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = (message): void => {
      const { data } = message as { data: unknown };
      if (typeof data === 'string') this.#secrets.add(data);
    };
    channel.unref();
    this.#channel = channel;
    return this;
  }
}

/** The book of this run. */
export const runSecrets = new SecretBook().share();
