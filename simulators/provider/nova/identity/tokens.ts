import type { Clock } from '../../clock';
import type { Random } from '../../random';

export interface Token {
  readonly id: string;
  readonly auditId: string;
  /** Epoch milliseconds of lab time. */
  readonly issued: number;
  readonly expires: number;
  /** Whether the token is good for the project, or only for the identity service. */
  readonly scoped: boolean;
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The tokens that were issued; they run out by lab time. */
export class Tokens {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #lifetime: number;
  readonly #tokens = new Map<string, Token>();

  /** `lifetime` in milliseconds; Keystone's default is an hour, Rackspace gives a day. */
  constructor(clock: Clock, random: Random, lifetime: number) {
    this.#clock = clock;
    this.#random = random;
    this.#lifetime = lifetime;
  }

  issue({ scoped }: { scoped: boolean }): Token {
    const issued = this.#clock.now();
    const token: Token = {
      // Shaped like a Fernet token, which always begins like this.
      id: `gAAAAAB${this.#random.text(176, BASE64URL)}`,
      auditId: this.#random.text(22, BASE64URL),
      issued,
      expires: issued + this.#lifetime,
      scoped,
    };
    this.#tokens.set(token.id, token);
    return token;
  }

  /** The token with this id while it is valid. */
  get(id: string | null): Token | undefined {
    const token = id === null ? undefined : this.#tokens.get(id);
    return token !== undefined && token.expires > this.#clock.now() ? token : undefined;
  }

  revoke(id: string): void {
    this.#tokens.delete(id);
  }
}
