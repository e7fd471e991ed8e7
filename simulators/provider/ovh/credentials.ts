import type { Clock } from '../clock';
import { matchesWildcard } from '../http';
import type { Random } from '../random';
import { SecretText } from '../secret-text';
import type { TypeOf } from './schema';

type CredentialStatus = TypeOf<'auth.CredentialStateEnum'>;

/** What a consumer key may do: `*` in a path stands for anything. */
export type AccessRule = TypeOf<'auth.AccessRule'>;

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
  /** Where it may be used from; undefined: everywhere. */
  readonly allowedIPs: readonly string[] | undefined;
  /** What the validation page is asked with; unlike the consumer key it may be seen in a browser. */
  readonly token: string;
  status: CredentialStatus;
  nichandle: string | undefined;
  expiration: number | null;
  lastUse: number | null;
}

/** A program of the customer's own that logs in by OAuth2 client credentials. */
export interface ServiceAccount {
  readonly clientId: string;
  readonly clientSecret: SecretText;
  readonly nichandle: string;
  /** Whether its policy grants an IAM action such as `dedicatedServer:apiovh:reboot`. */
  allows(action: string): boolean;
}

/** A token's lifetime in seconds; the provider's is about an hour. */
export const TOKEN_LIFETIME = 3599;

const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const EVERYTHING: readonly AccessRule[] = (['GET', 'POST', 'PUT', 'DELETE'] as const).map(
  (method) => ({
    method,
    path: '/*',
  }),
);

/** Applications and consumer keys. */
export class Credentials {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #region: string;
  readonly #applications = new Map<string, Application>();
  readonly #credentials = new Map<string, Credential>();
  readonly #serviceAccounts = new Map<string, ServiceAccount>();
  readonly #sessions = new Map<
    string,
    { readonly account: ServiceAccount; readonly credential: Credential }
  >();
  #nextId = 1;

  constructor({ clock, random, region }: { clock: Clock; random: Random; region: string }) {
    this.#region = region;
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
  request(
    application: Application,
    rules: readonly AccessRule[],
    {
      redirection,
      allowedIPs,
    }: { redirection?: string | undefined; allowedIPs?: readonly string[] | undefined } = {},
  ): Credential {
    const credential: Credential = {
      credentialId: this.#nextId++,
      consumerKey: this.#random.text(32, KEY_ALPHABET),
      application,
      rules,
      creation: this.#clock.now(),
      redirection,
      allowedIPs,
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

  /** The customer does not agree. */
  refuse(credential: Credential): void {
    credential.status = 'refused';
  }

  /** Ends a credential: the customer logged out or revoked it. */
  expire(credential: Credential): void {
    credential.status = 'expired';
  }

  /** A service account; `actions`: what its policy grants, with `*` for anything (default: everything). */
  createServiceAccount(nichandle: string, actions: readonly string[] = ['*']): ServiceAccount {
    const account: ServiceAccount = {
      clientId: `${this.#region}.${this.#random.text(16, 'abcdef0123456789')}`,
      clientSecret: new SecretText(this.#random.text(32, KEY_ALPHABET)),
      nichandle,
      allows: (action) => actions.some((pattern) => matchesWildcard(pattern, action)),
    };
    this.#serviceAccounts.set(account.clientId, account);
    return account;
  }

  /** A new token for a service account; undefined when id and secret are not one's. */
  logIn(clientId: string, clientSecret: string): string | undefined {
    const account = this.#serviceAccounts.get(clientId);
    if (account?.clientSecret.reveal() !== clientSecret) {
      return undefined;
    }
    const token = this.#random.text(64, KEY_ALPHABET);
    const credential = this.request({ applicationId: 0, key: clientId, secret: '' }, EVERYTHING);
    this.validate(credential, account.nichandle, TOKEN_LIFETIME * 1000);
    this.#sessions.set(token, { account, credential });
    return token;
  }

  /** Whose token it is, as long as it is good. */
  session(token: string): { readonly account: ServiceAccount; readonly credential: Credential } | undefined {
    const session = this.#sessions.get(token);
    return session && this.get(session.credential.consumerKey)?.status === 'validated' ? session : undefined;
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

/** Whether one of the rules allows `method` on `path` (decoded, without `/1.0`). A rule for GET allows HEAD. */
export function grants(rules: readonly AccessRule[], method: string, path: string): boolean {
  const asked = method === 'HEAD' ? 'GET' : method;
  return rules.some((rule) => rule.method === asked && matchesWildcard(rule.path, path));
}
