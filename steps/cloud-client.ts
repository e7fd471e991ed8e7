import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/** How often the customer's program asks again (ms), and for how long. */
const askAgain = 250;
const statusDeadline = 300_000;

interface Cloud {
  readonly authUrl: string;
  readonly username: string;
  readonly password: string;
  readonly project: string;
  readonly region: string;
}

/** The customer's program at the nova provider: plain HTTP against Keystone and Nova. */
export class CloudClient {
  private constructor(
    private readonly compute: string,
    private readonly token: string,
  ) {}

  static async signIn({ authUrl, username, password, project, region }: Cloud): Promise<CloudClient> {
    const domain = { name: 'Default' };
    const response = await fetch(`${authUrl}/auth/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        auth: {
          identity: { methods: ['password'], password: { user: { name: username, domain, password } } },
          scope: { project: { name: project, domain } },
        },
      }),
    });
    assert.equal(response.status, 201, `Keystone refused the sign-in: ${response.status}`);
    const { token } = (await response.json()) as {
      token: { catalog: { type: string; endpoints: { region: string; interface: string; url: string }[] }[] };
    };
    const endpoint = token.catalog
      .find(({ type }) => type === 'compute')
      ?.endpoints.find((one) => one.region === region && one.interface === 'public');
    assert.ok(endpoint, `The catalog names no compute service in ${region}.`);
    return new CloudClient(endpoint.url, response.headers.get('x-subject-token') ?? '');
  }

  /** Runs a server action; answers its body, or undefined for an empty one. */
  async act(server: string, action: object): Promise<unknown> {
    const response = await this.#ask(`/servers/${server}/action`, {
      method: 'POST',
      body: JSON.stringify(action),
    });
    const text = await response.text();
    assert.ok(response.ok, `The cloud answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Calls the compute API; an error answer is one too. */
  async call(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await this.#ask(path, init);
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  async waitForStatus(server: string, status: string): Promise<Readonly<Record<string, unknown>>> {
    const until = performance.now() + statusDeadline;
    for (;;) {
      const body = (await (await this.#ask(`/servers/${server}`, {})).json()) as {
        server: { status: string; fault?: { message: string } };
      };
      if (body.server.status === status) {
        return body.server;
      }
      const reason = body.server.fault?.message ?? '';
      assert.ok(
        body.server.status !== 'ERROR' && performance.now() < until,
        `The server is ${body.server.status}, not ${status}. ${reason}`,
      );
      await pause(askAgain);
    }
  }

  #ask(path: string, init: { method?: string; body?: string }): Promise<Response> {
    return fetch(`${this.compute}${path}`, {
      ...init,
      headers: { 'x-auth-token': this.token, 'content-type': 'application/json' },
    });
  }
}
