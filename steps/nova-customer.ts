import assert from 'node:assert/strict';
import { LabClock } from '../simulators/provider';
import type {
  ExistingServer,
  Instance,
  NovaProvider,
  NovaProviderOptions,
} from '../simulators/provider/nova';
import { ProviderLab } from '../simulators/provider-lab';
import type { Answer } from './api-customer';
import { ask } from './plain-http';

/** The moment at which the scenarios of the cloud begin. */
const START = new Date('2026-03-01T12:00:00Z');
/** For what happens at once, on a busy host (ms). */
const soon = 10_000;
/** Shorter than a token lives, in lab time (ms). */
const tokenLife = 3_000_000;
/** Lab time that a machine of this cloud takes for each thing it is asked to do (ms). */
const pace = 5000;

/** An SSH key that nobody holds the private half of any more. */
const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti desk';

type Changeable<Type> = { -readonly [Field in keyof Type]: Type[Field] };

/** Where and with what a program calls. */
interface Session {
  readonly compute: string;
  readonly token: string;
}

/**
 * Nadia, whose program works with the nova provider's API, in a lab without machines whose clock stands still. What
 * a machine does takes lab time, so that states in between can be seen. The lab starts with the first call: what a
 * `Given` says before that goes into its options.
 */
export class NovaCustomer implements AsyncDisposable {
  options: Changeable<Partial<NovaProviderOptions>> = {};
  server: Changeable<ExistingServer> = { name: 'web-01' };
  readonly clock = new LabClock({ startAt: START, frozen: true });
  /** The microversion that her program asks for; undefined: it names none. */
  microversion: string | undefined;
  /** Ids that steps gave a name, such as `{rescue image}`, and what only this run knows of people: `{bo id}`. */
  readonly names = new Map([['ssh key', PUBLIC_KEY]]);
  #lab: ProviderLab | undefined;
  #session: Session | undefined;
  #signedIn = 0;
  #answer: Answer | undefined;

  constructor(private readonly onStart: NonNullable<NovaProviderOptions['log']>) {}

  async provider(): Promise<NovaProvider> {
    this.#lab ??= await this.#start();
    const { nova } = this.#lab;
    assert.ok(nova);
    return nova;
  }

  async #start(): Promise<ProviderLab> {
    const lab = await ProviderLab.start({
      families: ['nova'],
      panel: false,
      seed: 'scenario',
      clock: this.clock,
      nova: { log: this.onStart, pace, ...this.options },
      cloudServers: [this.server],
    });
    const { directory } = lab.nova ?? { directory: undefined };
    for (const user of directory?.users ?? []) {
      const { name, id, password, apiKey } = user;
      const project = directory?.projectsOf(user)[0]?.id ?? '';
      for (const [word, value] of Object.entries({ id, password, 'api key': apiKey, project })) {
        this.names.set(`${name} ${word}`, value);
      }
    }
    return lab;
  }

  /** Her server as the provider holds it: for a `Given`, and for what a machine would show. */
  async instance(): Promise<Instance> {
    const { instances } = await this.provider();
    const instance = instances.list().find(({ name }) => name === this.server.name);
    assert.ok(instance, `There is no server ${this.server.name}.`);
    return instance;
  }

  /** What the last call was answered. */
  get answer(): Answer {
    assert.ok(this.#answer, 'No call has been answered in this scenario yet.');
    return this.#answer;
  }

  set answer(answer: Answer) {
    this.#answer = answer;
  }

  /** Calls the compute API and keeps the answer; an error answer is one too. */
  async call(
    method: string,
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const { compute, token } = await this.session();
    const { microversion } = this;
    this.answer = await ask(`${compute}${await this.filledIn(path)}`, {
      method,
      headers: {
        'x-auth-token': token,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(microversion !== undefined && { 'openstack-api-version': `compute ${microversion}` }),
        ...headers,
      },
      ...(body !== undefined && { body: await this.filledIn(body) }),
    });
    return this.answer;
  }

  /** Asks for an address of the cloud itself, without a token. */
  async callAt(path: string): Promise<Answer> {
    const { authUrl } = await this.provider();
    this.answer = await ask(`${new URL(authUrl).origin}${path}`, {});
    return this.answer;
  }

  /** Makes a server; steps know its id by its name. @param beside what stands beside the server in the request */
  async makeServer(name: string, more: object = {}, beside: object = {}): Promise<void> {
    const server = { name, imageRef: '{image}', flavorRef: '{flavor}', ...more };
    const { status, body } = await this.call('POST', '/servers', JSON.stringify({ server, ...beside }));
    assert.equal(status, 202, JSON.stringify(body));
    this.names.set(name, (body as { server: { id: string } }).server.id);
  }

  /** Asks for an action on her server. */
  async act(action: string): Promise<Answer> {
    return this.call('POST', '/servers/{server}/action', action);
  }

  /** Her server as the API shows it. */
  async shown(): Promise<Readonly<Record<string, unknown>>> {
    const { compute, token } = await this.session();
    const headers = {
      'x-auth-token': token,
      ...(this.microversion !== undefined && { 'openstack-api-version': `compute ${this.microversion}` }),
    };
    const { body } = await ask(`${compute}/servers/${(await this.instance()).id}`, { headers });
    return (body as { server: Record<string, unknown> }).server;
  }

  /** Lets what her server is doing come to its end, in lab time. */
  async settle(): Promise<void> {
    const { instances } = await this.provider();
    const instance = await this.instance();
    const until = AbortSignal.timeout(soon);
    while (instance.taskState !== null && instance.vmState !== 'deleted') {
      const changed = Promise.race([
        instances.events.waitFor('changed', (one) => one === instance, { signal: until }),
        instances.events.waitFor('deleted', (one) => one === instance, { signal: until }),
      ]);
      await this.clock.advance(pace);
      await changed;
    }
  }

  /** Waits until the volume with this name has a status; what machines do to it takes lab time. */
  async untilVolume(name: string, status: string): Promise<void> {
    const { volumes } = await this.provider();
    const id = this.names.get(name) ?? '';
    for (let left = 10; volumes.get(id)?.status !== status; left -= 1) {
      assert.ok(left > 0, `The volume ${name} is ${volumes.get(id)?.status}, not ${status}.`);
      await this.clock.advance(pace);
    }
  }

  /** `{server}`, `{image}`, `{flavor}`, `{project}` and the names that steps gave stand for ids. */
  async filledIn(text: string): Promise<string> {
    if (!text.includes('{')) {
      return text;
    }
    const { image, flavor, projectId } = await this.provider();
    if (text.includes('{default group}')) {
      this.names.set('default group', await this.#defaultGroup());
    }
    const known = new Map([['image', image], ['flavor', flavor], ['project', projectId], ...this.names]);
    if (text.includes('{server}')) {
      known.set('server', (await this.instance()).id);
    }
    return text.replaceAll(/\{([A-Za-z -]+)\}/g, (whole, name: string) => known.get(name) ?? whole);
  }

  /** The id of her project's security group, as the compute API tells it. */
  async #defaultGroup(): Promise<string> {
    const { compute, token } = await this.session();
    const { body } = await ask(`${compute}/os-security-groups`, { headers: { 'x-auth-token': token } });
    return (body as { security_groups: { id: string }[] }).security_groups[0]?.id ?? '';
  }

  /** Signs in the first time, and again before the token runs out, as the dialect wants it. */
  async session(): Promise<Session> {
    const provider = await this.provider();
    const now = this.clock.now();
    if (this.#session === undefined || now - this.#signedIn > tokenLife) {
      this.#signedIn = now;
      this.#session = await (provider.dialect === 'rackspace' ? withApiKey : withPassword)(provider);
    }
    return this.#session;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lab?.[Symbol.asyncDispose]();
    this.clock[Symbol.dispose]();
  }
}

async function withPassword({ authUrl, username, password, project }: NovaProvider): Promise<Session> {
  const domain = { name: 'Default' };
  const auth = {
    identity: { methods: ['password'], password: { user: { name: username, password, domain } } },
    scope: { project: { name: project, domain } },
  };
  const answer = await signIn(`${authUrl}/auth/tokens`, auth);
  assert.equal(answer.status, 201);
  const { token } = answer.body as {
    token: { catalog: { type: string; endpoints: { url: string }[] }[] };
  };
  const compute = token.catalog.find(({ type }) => type === 'compute')?.endpoints[0]?.url ?? '';
  return { compute, token: answer.headers?.get('x-subject-token') ?? '' };
}

async function withApiKey({ authUrl, username, apiKey }: NovaProvider): Promise<Session> {
  const answer = await signIn(`${authUrl}/tokens`, { 'RAX-KSKEY:apiKeyCredentials': { username, apiKey } });
  assert.equal(answer.status, 200);
  const { access } = answer.body as {
    access: { token: { id: string }; serviceCatalog: { name: string; endpoints: { publicURL: string }[] }[] };
  };
  const compute = access.serviceCatalog.find(({ name }) => name === 'cloudServersOpenStack')?.endpoints[0];
  return { compute: compute?.publicURL ?? '', token: access.token.id };
}

function signIn(url: string, auth: object): Promise<Answer> {
  return ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth }),
  });
}
