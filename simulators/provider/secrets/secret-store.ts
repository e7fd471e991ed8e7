import type { Clock } from '../clock';
import type { Random } from '../random';
import type { SecretText } from '../secret-text';

/**
 * Whether a secret may be read again. No published source says which one holds; that it can be read until it
 * expires is our assumption (the API's answer carries an expiration and nothing else).
 */
export type SecretReadable = 'until expiry' | 'once';

export interface SecretOptions {
  readonly readable: SecretReadable;
  /** Milliseconds of lab time. One week, as a third party reports, is the default. */
  readonly lifetime: number;
}

const DEFAULT_SECRET_OPTIONS: SecretOptions = {
  readable: 'until expiry',
  lifetime: 7 * 24 * 3_600_000,
};

export type SecretReading =
  | {
      readonly outcome: 'shown';
      readonly secret: SecretText;
      readonly expiration: number;
      /** Whether this was the only time. */
      readonly once: boolean;
    }
  | { readonly outcome: 'unknown' | 'expired' | 'used' };

interface StoredSecret {
  readonly secret: SecretText;
  readonly expiration: number;
  used: boolean;
}

/** The "secret as a service": a password is handed over by the id of its entry, not by itself. */
export class SecretStore {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #options: SecretOptions;
  readonly #secrets = new Map<string, StoredSecret>();
  readonly #onRead: (outcome: SecretReading['outcome']) => void;

  constructor(options: {
    clock: Clock;
    random: Random;
    options?: Partial<SecretOptions>;
    /** Hears of each reading, without id or secret. */
    onRead?: (outcome: SecretReading['outcome']) => void;
  }) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#options = { ...DEFAULT_SECRET_OPTIONS, ...options.options };
    this.#onRead = options.onRead ?? (() => {});
  }

  /** Keeps `secret` and returns the id to read it by: UUID-shaped, of letters and digits (as in the provider's guides). */
  create(secret: SecretText): string {
    const id = [8, 4, 4, 4, 12]
      .map((length) => this.#random.text(length, 'abcdefghijklmnopqrstuvwxyz0123456789'))
      .join('-');
    this.#secrets.set(id, { secret, expiration: this.#clock.now() + this.#options.lifetime, used: false });
    return id;
  }

  read(id: string): SecretReading {
    const reading = this.#read(id);
    this.#onRead(reading.outcome);
    return reading;
  }

  #read(id: string): SecretReading {
    const stored = this.#secrets.get(id);
    if (stored === undefined) {
      return { outcome: 'unknown' };
    }
    if (this.#clock.now() >= stored.expiration) {
      return { outcome: 'expired' };
    }
    if (stored.used && this.#options.readable === 'once') {
      return { outcome: 'used' };
    }
    stored.used = true;
    const { secret, expiration } = stored;
    return { outcome: 'shown', secret, expiration, once: this.#options.readable === 'once' };
  }
}
