import PostalMime from 'postal-mime';
import type { Clock } from '../clock';

/** A mail as it came in over SMTP. */
export interface ReceivedMail {
  readonly number: number;
  /** Epoch milliseconds of lab time. */
  readonly receivedAt: number;
  /** The addresses of the SMTP envelope. */
  readonly recipients: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The `Content-Language` header, or an empty text. */
  readonly language: string;
}

/** The customer's mailbox, in memory. */
export class Inbox {
  readonly #clock: Clock;
  readonly #mails: ReceivedMail[] = [];
  readonly #refused = new Set<string>();
  readonly #waiting = new Set<(mail: ReceivedMail) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get mails(): readonly ReceivedMail[] {
    return this.#mails;
  }

  /** From now on mail to `address` bounces: "no such mailbox". */
  refuseMailTo(address: string): void {
    this.#refused.add(address.toLowerCase());
  }

  /** No domain under `.invalid` exists (RFC 6761, section 6.4): mail there bounces without being asked to. */
  refuses(address: string): boolean {
    const folded = address.toLowerCase();
    return folded.endsWith('.invalid') || this.#refused.has(folded);
  }

  /** Takes in a raw MIME message. */
  async receive(raw: Uint8Array, recipients: readonly string[]): Promise<void> {
    const parsed = await PostalMime.parse(raw);
    const mail: ReceivedMail = {
      number: this.#mails.length + 1,
      receivedAt: this.#clock.now(),
      recipients,
      from: parsed.from?.address ?? '',
      subject: parsed.subject ?? '',
      text: parsed.text ?? '',
      html: parsed.html ?? '',
      language: parsed.headers.find((header) => header.key === 'content-language')?.value ?? '',
    };
    this.#mails.push(mail);
    for (const wake of [...this.#waiting]) {
      wake(mail);
    }
  }

  /**
   * Resolves with the first mail that satisfies `matches`, also when it is here already. Rejects with the reason
   * of `signal`.
   */
  waitFor(
    matches: (mail: ReceivedMail) => boolean,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ReceivedMail> {
    return new Promise((resolve, reject) => {
      const here = this.#mails.find(matches);
      if (here !== undefined) {
        resolve(here);
        return;
      }
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const abort = () => {
        this.#waiting.delete(wake);
        reject(signal?.reason);
      };
      const wake = (mail: ReceivedMail) => {
        if (matches(mail)) {
          this.#waiting.delete(wake);
          signal?.removeEventListener('abort', abort);
          resolve(mail);
        }
      };
      this.#waiting.add(wake);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
}
