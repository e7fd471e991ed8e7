import type { Clock } from '../clock';
import type { Random } from '../random';

type CredentialStatus = 'expired' | 'pendingValidation' | 'refused' | 'validated';

/** What a consumer key may do: `*` in a path stands for anything. */
export interface AccessRule {
  readonly method: string;
  readonly path: string;
}

/** A program registered with the API. */
export interface Application {
  readonly applicationId: number;
  readonly key: string;
  readonly secret: string;
}

/** A customer's leave for an application to act in their name. Dates are epoch milliseconds. */
export interface Credential {
  readonly credentialId: number;
  readonly consumerKey: string;
  readonly application: Application;
  readonly rules: readonly AccessRule[];
  readonly creation: number;
  readonly redirection: string | undefined;
  /** What the validation page is asked with; unlike the consumer key it may be seen in a browser. */
  readonly token: string;
  status: CredentialStatus;
  nichandle: string | undefined;
  expiration: number | null;
  lastUse: number | null;
}

const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const EVERYTHING: readonly AccessRule[] = ['GET', 'POST', 'PUT', 'DELETE'].map((method) => ({
  method,
  path: '/*',
}));

/** Applications and consumer keys. */
export class Credentials {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #applications = new Map<string, Application>();
  readonly #credentials = new Map<string, Credential>();
  #nextId = 1;

  constructor({ clock, random }: { clock: Clock; random: Random }) {
    this.#clock = clock;
    this.#random = random;
  }

  createApplication(): Application {
    const application: Application = {
      applicationId: this.#nextId++,
      key: this.#random.text(16, 'abcdef0123456789'),
      secret: this.#random.text(32, KEY_ALPHABET),
    };
    this.#applications.set(application.key, application);
    return application;
  }

  application(key: string): Application | undefined {
    return this.#applications.get(key);
  }

  /** A new consumer key, which its customer still has to validate. */
  request(application: Application, rules: readonly AccessRule[], redirection?: string): Credential {
    const credential: Credential = {
      credentialId: this.#nextId++,
      consumerKey: this.#random.text(32, KEY_ALPHABET),
      application,
      rules,
      creation: this.#clock.now(),
      redirection,
      token: this.#random.text(64, KEY_ALPHABET),
      status: 'pendingValidation',
      nichandle: undefined,
      expiration: null,
      lastUse: null,
    };
    this.#credentials.set(credential.consumerKey, credential);
    return credential;
  }

  /** The customer agrees; `lifetime` in milliseconds, unlimited when left out. */
  validate(credential: Credential, nichandle: string, lifetime?: number): void {
    credential.status = 'validated';
    credential.nichandle = nichandle;
    credential.expiration = lifetime === undefined ? null : this.#clock.now() + lifetime;
  }

  byToken(token: string): Credential | undefined {
    return [...this.#credentials.values()].find((credential) => credential.token === token);
  }

  get(consumerKey: string): Credential | undefined {
    const credential = this.#credentials.get(consumerKey);
    if (
      credential?.status === 'validated' &&
      credential.expiration !== null &&
      this.#clock.now() >= credential.expiration
    ) {
      credential.status = 'expired';
    }
    return credential;
  }
}

/** Whether one of the rules allows `method` on `path` (without `/1.0`). */
export function grants(rules: readonly AccessRule[], method: string, path: string): boolean {
  return rules.some((rule) => {
    const pattern = rule.path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return rule.method.toUpperCase() === method && new RegExp(`^${pattern.join('.*')}$`).test(path);
  });
}
