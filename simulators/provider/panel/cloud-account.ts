/** The fields of a Nova server that the panel shows. */
export interface CloudServer {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly addresses: Readonly<Record<string, readonly { readonly addr: string }[]>>;
  readonly fault?: { readonly message: string };
  readonly 'OS-EXT-STS:task_state': string | null;
}

/** What the panel signs in with. */
export interface CloudAccess {
  readonly dialect: 'openstack' | 'rackspace';
  readonly authUrl: string;
  readonly username: string;
  readonly password: string;
  readonly apiKey: string;
  readonly project: string;
}

/** An error answer of the cloud; the message is Nova's own. */
export class CloudApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'CloudApiError';
    this.status = status;
  }
}

/** The customer's cloud servers, by the public API, signed in with the customer's own credentials. */
export class CloudAccount {
  readonly #access: CloudAccess;
  #session: { token: string; compute: string } | undefined;

  constructor(access: CloudAccess) {
    this.#access = access;
  }

  async servers(): Promise<CloudServer[]> {
    return ((await this.#call('GET', '/servers/detail')) as { servers: CloudServer[] }).servers;
  }

  async server(id: string): Promise<CloudServer> {
    const path = `/servers/${encodeURIComponent(id)}`;
    return ((await this.#call('GET', path)) as { server: CloudServer }).server;
  }

  /** Orders the rescue and returns its temporary password, where the cloud shows it. */
  async rescue(id: string): Promise<string | undefined> {
    return ((await this.#act(id, { rescue: null })) as { adminPass?: string }).adminPass;
  }

  async unrescue(id: string): Promise<void> {
    await this.#act(id, { unrescue: null });
  }

  async consoleUrl(id: string): Promise<string> {
    const answer = await this.#act(id, { 'os-getVNCConsole': { type: 'novnc' } });
    return (answer as { console: { url: string } }).console.url;
  }

  #act(id: string, action: object): Promise<unknown> {
    return this.#call('POST', `/servers/${encodeURIComponent(id)}/action`, action);
  }

  /** Signs in on the first call, and once more when the token has run out. */
  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const kept = this.#session;
    const session = kept ?? (await this.#signIn());
    this.#session = session;
    const response = await fetch(session.compute + path, {
      method,
      headers: { 'x-auth-token': session.token, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.status === 401 && kept !== undefined) {
      this.#session = undefined;
      return this.#call(method, path, body);
    }
    return answerOf(response);
  }

  #signIn() {
    return this.#access.dialect === 'rackspace' ? this.#signInWithKey() : this.#signInWithPassword();
  }

  async #signInWithPassword() {
    const { authUrl, username, password, project } = this.#access;
    const domain = { name: 'Default' };
    const auth = {
      identity: { methods: ['password'], password: { user: { name: username, password, domain } } },
      scope: { project: { name: project, domain } },
    };
    const response = await post(`${authUrl}/auth/tokens`, { auth });
    const { token } = (await answerOf(response)) as {
      token: { catalog: { type: string; endpoints: { url: string }[] }[] };
    };
    const compute = token.catalog.find(({ type }) => type === 'compute')?.endpoints[0]?.url ?? '';
    return { token: response.headers.get('x-subject-token') ?? '', compute };
  }

  async #signInWithKey() {
    const { authUrl, username, apiKey } = this.#access;
    const auth = { 'RAX-KSKEY:apiKeyCredentials': { username, apiKey } };
    const { access } = (await answerOf(await post(`${authUrl}/tokens`, { auth }))) as {
      access: {
        token: { id: string };
        serviceCatalog: { name: string; endpoints: { publicURL: string }[] }[];
      };
    };
    const service = access.serviceCatalog.find(({ name }) => name === 'cloudServersOpenStack');
    return { token: access.token.id, compute: service?.endpoints[0]?.publicURL ?? '' };
  }
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) {
    const [fault] = Object.values((body ?? {}) as Record<string, { message?: string }>);
    throw new CloudApiError(response.status, fault?.message ?? `HTTP status ${response.status}`);
  }
  return body;
}
