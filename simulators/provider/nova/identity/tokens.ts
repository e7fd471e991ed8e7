import type { Clock } from '../../clock';
import type { Random } from '../../random';

export type AuthenticationMethod = 'password' | 'token' | 'application_credential' | 'apikey';

/** What a token stands for. */
export interface TokenSeed {
  readonly userId: string;
  /** Undefined: good for the identity service only. */
  readonly projectId: string | undefined;
  /** The user's roles in that project. */
  readonly roles: readonly string[];
  readonly methods: readonly AuthenticationMethod[];
  readonly applicationCredentialId?: string | undefined;
  /** A token got by a token ends with it, in epoch milliseconds. */
  readonly notAfter?: number | undefined;
  /** The audit ids of the tokens that led to this one. */
  readonly auditChain?: readonly string[];
}

export interface Token extends TokenSeed {
  readonly id: string;
  readonly auditId: string;
  /** Epoch milliseconds of lab time. */
  readonly issued: number;
  readonly expires: number;
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const HEXADECIMAL = '0123456789abcdef';

/** The tokens that were issued; they run out by lab time. */
export class Tokens {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #lifetime: number;
  readonly #tokens = new Map<string, Token>();
  readonly #revoked = new Set<string>();

  /** `lifetime` in milliseconds; Keystone's default is an hour, Rackspace gives a day. */
  constructor(clock: Clock, random: Random, lifetime: number) {
    this.#clock = clock;
    this.#random = random;
    this.#lifetime = lifetime;
  }

  /** `shape`: Keystone's Fernet tokens, which all begin alike, or the 32 digits of Rackspace's. */
  issue(seed: TokenSeed, shape: 'fernet' | 'digits' = 'fernet'): Token {
    const issued = this.#clock.now();
    const token: Token = {
      ...seed,
      id:
        shape === 'fernet'
          ? `gAAAAAB${this.#random.text(176, BASE64URL)}`
          : this.#random.text(32, HEXADECIMAL),
      auditId: this.#random.text(22, BASE64URL),
      issued,
      expires: Math.min(issued + this.#lifetime, seed.notAfter ?? Number.POSITIVE_INFINITY),
    };
    this.#tokens.set(token.id, token);
    return token;
  }

  /** The token with this id while it is valid. */
  get(id: string | null | undefined): Token | undefined {
    const token = id == null || this.#revoked.has(id) ? undefined : this.#tokens.get(id);
    return token !== undefined && token.expires > this.#clock.now() ? token : undefined;
  }

  /** Whether there ever was a token with this id. */
  wasIssued(id: string): boolean {
    return this.#tokens.has(id);
  }

  revoke(id: string): void {
    this.#revoked.add(id);
  }

  /** Ends the tokens that were got by an application credential which is gone. */
  revokeOfCredential(credentialId: string): void {
    for (const { id, applicationCredentialId } of this.#tokens.values()) {
      if (applicationCredentialId === credentialId) {
        this.revoke(id);
      }
    }
  }
}
