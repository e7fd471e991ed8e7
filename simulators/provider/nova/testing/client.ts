import type { NovaProvider } from '../start-nova-provider';

/** The answer to one call: the body is parsed where there is one. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export type Client = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** Signs in with the password and calls the compute API with plain fetch. `path` begins behind `/v2.1`. */
export async function signIn(nova: NovaProvider): Promise<Client> {
  const { authUrl, username, password, project } = nova;
  const domain = { name: 'Default' };
  const auth = {
    identity: { methods: ['password'], password: { user: { name: username, password, domain } } },
    scope: { project: { name: project, domain } },
  };
  const signedIn = await fetch(`${authUrl}/auth/tokens`, { method: 'POST', body: JSON.stringify({ auth }) });
  const token = signedIn.headers.get('x-subject-token') ?? '';
  const base = `${new URL(authUrl).origin}/compute/v2.1`;
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { 'x-auth-token': token, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
}
