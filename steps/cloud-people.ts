import assert from 'node:assert/strict';
import type { NovaProvider, User } from '../simulators/provider/nova';
import type { Answer } from './api-customer';
import type { NovaCustomer } from './nova-customer';
import { ask } from './plain-http';

/** Everybody who can sign in at the cloud, each with a token of their own, and plain HTTP to each of its services. */
export class CloudPeople {
  readonly #tokens = new Map<string, string>();

  constructor(private readonly cloud: NovaCustomer) {}

  /** Calls a service with the token of `person` (`Nobody`: with none) and keeps the answer. */
  async ask(
    person: string,
    service: string,
    { method, path, body, headers = {} }: CloudRequest,
  ): Promise<Answer> {
    const provider = await this.cloud.provider();
    const token = person === 'Nobody' ? undefined : await this.token(person);
    const text = body == null ? undefined : await this.cloud.filledIn(body);
    const filled: [string, string][] = [];
    for (const [name, value] of Object.entries(headers)) {
      filled.push([name, await this.cloud.filledIn(value)]);
    }
    this.cloud.answer = await ask(`${addressOf(provider, service)}${await this.cloud.filledIn(path)}`, {
      method,
      headers: {
        ...(token !== undefined && { 'x-auth-token': token }),
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...Object.fromEntries(filled),
      },
      ...(text !== undefined && { body: text }),
    });
    return this.cloud.answer;
  }

  /** Sends the `auth` of a sign-in, with the names of the scenario filled in. */
  async signIn(auth: string): Promise<Answer> {
    const provider = await this.cloud.provider();
    const path = provider.dialect === 'rackspace' ? '/v2.0/tokens' : '/v3/auth/tokens';
    return this.ask('Nobody', 'identity', { method: 'POST', path, body: `{"auth":${auth}}` });
  }

  /** The token of the person, who signs in with the password the first time. */
  async token(person: string): Promise<string> {
    const known = this.#tokens.get(person);
    if (known !== undefined) {
      return known;
    }
    const provider = await this.cloud.provider();
    const user = userOf(provider, person);
    const rackspace = provider.dialect === 'rackspace';
    const [project] = provider.directory.projectsOf(user);
    const auth = rackspace
      ? { passwordCredentials: { username: user.name, password: user.password } }
      : {
          identity: {
            methods: ['password'],
            password: { user: { id: user.id, password: user.password } },
          },
          scope: { project: { id: project?.id } },
        };
    const answer = await this.signIn(JSON.stringify(auth));
    assert.ok(answer.status < 300, `${person} could not sign in: ${JSON.stringify(answer.body)}`);
    const token = rackspace
      ? (answer.body as { access: { token: { id: string } } }).access.token.id
      : (answer.headers?.get('x-subject-token') ?? '');
    this.#tokens.set(person, token);
    return token;
  }
}

export interface CloudRequest {
  readonly method: string;
  readonly path: string;
  /** A step that was given none hands in null. */
  readonly body?: string | null | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

function userOf({ directory }: NovaProvider, person: string): User {
  const user = directory.userNamed(person.toLowerCase());
  assert.ok(user, `The cloud knows nobody by the name ${person}.`);
  return user;
}

function addressOf({ url, dialect, projectId }: NovaProvider, service: string): string {
  if (service !== 'compute') {
    return `${url}/${service}`;
  }
  return dialect === 'rackspace' ? `${url}/compute/v2/${projectId}` : `${url}/compute/v2.1`;
}
