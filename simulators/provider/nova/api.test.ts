import { expect, test } from 'vitest';
import { LabClock } from '../clock';
import { seededRandom } from '../random';
import { type NovaProviderOptions, startNovaProvider } from './index';
import { signIn } from './testing/client';
import { ManualHypervisor } from './testing/manual-hypervisor';

async function cloud(options: Partial<NovaProviderOptions> = {}) {
  const disposables = new AsyncDisposableStack();
  const clock = disposables.use(new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true }));
  const nova = disposables.use(await startNovaProvider({ clock, random: seededRandom('api'), ...options }));
  return {
    nova,
    clock,
    origin: new URL(nova.authUrl).origin,
    [Symbol.asyncDispose]: () => disposables.disposeAsync(),
  };
}

const version = (value: string) => ({ 'openstack-api-version': `compute ${value}` });

/** The fields of facts about Nova's server view; nothing of our own may join them. */
const BASE_FIELDS = [
  'OS-DCF:diskConfig OS-EXT-AZ:availability_zone OS-EXT-STS:power_state OS-EXT-STS:task_state',
  'OS-EXT-STS:vm_state OS-SRV-USG:launched_at OS-SRV-USG:terminated_at accessIPv4 accessIPv6 addresses',
  'config_drive created flavor hostId id image key_name links metadata name',
  'os-extended-volumes:volumes_attached progress security_groups status tenant_id updated user_id',
].flatMap((line) => line.split(' '));

test.each([
  ['2.1', []],
  ['2.9', ['locked']],
  ['2.26', ['locked', 'description', 'tags']],
  ['2.73', 'locked description tags trusted_image_certificates server_groups locked_reason'.split(' ')],
])('the server view of microversion %s has exactly these fields more: %j', async (value, more) => {
  await using lab = await cloud();
  const { id } = await lab.nova.adopt({ name: 'web' });
  const call = await signIn(lab.nova);
  const answer = await call('GET', `/servers/${id}`, undefined, version(value));
  expect(Object.keys((answer.body as { server: object }).server).sort()).toEqual(
    [...BASE_FIELDS, ...more].sort(),
  );
  expect(answer.headers.get('openstack-api-version')).toBe(`compute ${value}`);
  expect(answer.headers.get('x-openstack-request-id')).toMatch(/^req-[0-9a-f-]{36}$/);
});

test('the values of the server view', async () => {
  await using lab = await cloud();
  const { nova, origin } = lab;
  const { id } = await nova.adopt({ name: 'web', addresses: { public: ['203.0.113.7', '2001:db8::7'] } });
  const call = await signIn(nova);
  const { server } = (await call('GET', `/servers/${id}`)).body as { server: Record<string, unknown> };
  expect(server).toMatchObject({
    status: 'ACTIVE',
    created: '2026-03-01T12:00:00Z',
    'OS-SRV-USG:launched_at': '2026-03-01T12:00:00.000000',
    image: { id: nova.image },
    flavor: { id: nova.flavor },
    addresses: {
      public: [
        { version: 4, addr: '203.0.113.7', 'OS-EXT-IPS:type': 'fixed' },
        { version: 6, addr: '2001:db8::7' },
      ],
    },
    links: [
      { rel: 'self', href: `${origin}/compute/v2.1/servers/${id}` },
      { rel: 'bookmark', href: `${origin}/compute/servers/${id}` },
    ],
  });
});

test.each([
  [
    '3.0',
    406,
    'computeFault',
    'Version 3.0 is not supported by the API. Minimum is 2.1 and maximum is 2.90.',
  ],
  [
    '2.x',
    400,
    'badRequest',
    'API Version String 2.x is of invalid format. Must be of format MajorNum.MinorNum.',
  ],
])('microversion %s is refused with %i', async (value, status, name, message) => {
  await using lab = await cloud();
  const call = await signIn(lab.nova);
  const answer = await call('GET', '/servers', undefined, version(value));
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({ [name]: { code: status, message } });
});

test('without a token, or with one that ran out by lab time, there is no answer but 401', async () => {
  await using lab = await cloud();
  const call = await signIn(lab.nova);
  expect((await fetch(`${lab.origin}/compute/v2.1/servers`)).status).toBe(401);
  expect((await call('GET', '/servers')).status).toBe(200);
  await lab.clock.advance(3_600_000);
  const late = await call('GET', '/servers');
  expect(late.status).toBe(401);
  expect(late.headers.get('www-authenticate')).toBe(`Keystone uri="${lab.origin}/identity"`);
});

test('a wrong password is not let in', async () => {
  await using lab = await cloud();
  const user = { name: lab.nova.username, password: 'wrong', domain: { name: 'Default' } };
  const auth = { identity: { methods: ['password'], password: { user } } };
  const answer = await fetch(`${lab.nova.authUrl}/auth/tokens`, {
    method: 'POST',
    body: JSON.stringify({ auth }),
  });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({
    error: {
      code: 401,
      message: 'The request you have made requires authentication.',
      title: 'Unauthorized',
    },
  });
});

test('a server is made, listed by name and status, page by page, and deleted', async () => {
  await using lab = await cloud();
  const { nova } = lab;
  const call = await signIn(nova);
  const made = await call('POST', '/servers', {
    server: { name: 'shop', imageRef: nova.image, flavorRef: nova.flavor },
  });
  expect(made.status).toBe(202);
  const { server } = made.body as { server: { id: string; adminPass: string } };
  expect(Object.keys(server).sort()).toEqual([
    'OS-DCF:diskConfig',
    'adminPass',
    'id',
    'links',
    'security_groups',
  ]);
  await nova.adopt({ name: 'mail' });
  const names = async (query: string) =>
    ((await call('GET', `/servers?${query}`)).body as { servers: { name: string }[] }).servers.map(
      ({ name }) => name,
    );
  expect((await names('')).sort()).toEqual(['mail', 'shop']);
  expect(await names('name=^sh')).toEqual(['shop']);
  expect(await names('status=RESCUE')).toEqual([]);
  const [first] = await names('limit=1');
  const page = (await call('GET', '/servers?limit=1')).body as { servers_links: { href: string }[] };
  const marker = new URL(page.servers_links[0]?.href ?? '').searchParams.get('marker');
  expect(await names(`limit=1&marker=${marker}`)).toEqual(['mail', 'shop'].filter((name) => name !== first));
  const deleted = nova.instances.events.waitFor('deleted');
  expect((await call('DELETE', `/servers/${server.id}`)).status).toBe(204);
  await deleted;
  expect(await names('')).toEqual(['mail']);
});

test('a failed build ends in ERROR with its reason', async () => {
  const hypervisor = new ManualHypervisor();
  await using lab = await cloud({ hypervisorFor: () => hypervisor });
  const { nova } = lab;
  const call = await signIn(nova);
  const made = await call('POST', '/servers', {
    server: { name: 'shop', imageRef: nova.image, flavorRef: nova.flavor },
  });
  const { id } = (made.body as { server: { id: string } }).server;
  const failed = nova.instances.events.waitFor('changed', ({ vmState }) => vmState === 'error');
  hypervisor.fail(new Error('no room'));
  await failed;
  const { server } = (await call('GET', `/servers/${id}`)).body as { server: Record<string, unknown> };
  expect(server['fault']).toMatchObject({ code: 500, message: `Build of instance ${id} aborted: no room` });
  const refused = await call('POST', `/servers/${id}/action`, { rescue: null });
  expect(refused.body).toEqual({
    conflictingRequest: { code: 409, message: `Instance ${id} is in an invalid state for 'rescue'` },
  });
});

test('a reboot shows in the status while it runs', async () => {
  await using lab = await cloud();
  const hypervisor = new ManualHypervisor();
  const { id } = await lab.nova.adopt({ name: 'web', hypervisor });
  const call = await signIn(lab.nova);
  const status = async () =>
    ((await call('GET', `/servers/${id}`)).body as { server: { status: string } }).server.status;
  expect((await call('POST', `/servers/${id}/action`, { reboot: { type: 'HARD' } })).status).toBe(202);
  expect(await status()).toBe('HARD_REBOOT');
  const done = lab.nova.instances.events.waitFor('changed');
  hypervisor.finish();
  await done;
  expect(await status()).toBe('ACTIVE');
  expect(hypervisor.calls).toEqual(['reboot hard']);
});

test('consoles: an action up to 2.5, a resource from 2.6 on; the token opens the console for ten minutes', async () => {
  await using lab = await cloud({ consoleProxyUrl: () => 'http://127.0.0.1:6080' });
  const { nova, clock } = lab;
  const { id } = await nova.adopt({ name: 'web', hypervisor: new ManualHypervisor('127.1.0.1:5900') });
  const call = await signIn(nova);
  const body = { 'os-getVNCConsole': { type: 'novnc' } };
  const old = (await call('POST', `/servers/${id}/action`, body)).body as { console: { url: string } };
  expect(old.console.url).toMatch(
    /^http:\/\/127\.0\.0\.1:6080\/vnc_auto\.html\?path=%3Ftoken%3D[0-9a-f-]{36}$/,
  );
  expect((await call('POST', `/servers/${id}/action`, body, version('2.6'))).status).toBe(404);

  const remote = { remote_console: { protocol: 'vnc', type: 'novnc' } };
  expect((await call('POST', `/servers/${id}/remote-consoles`, remote)).status).toBe(404);
  const made = await call('POST', `/servers/${id}/remote-consoles`, remote, version('2.8'));
  const { url, ...rest } = (made.body as { remote_console: { url: string } }).remote_console;
  expect(rest).toEqual({ protocol: 'vnc', type: 'novnc' });
  const token = new URL(url).searchParams.get('path')?.replace('?token=', '') ?? '';
  expect(nova.resolveConsole(token)).toBe('127.1.0.1:5900');
  await clock.advance(600_001);
  expect(nova.resolveConsole(token)).toBeUndefined();
});

test('flavors and images, from the compute API and from the image service', async () => {
  await using lab = await cloud();
  const { nova } = lab;
  const call = await signIn(nova);
  const { flavors } = (await call('GET', '/flavors/detail')).body as { flavors: object[] };
  expect(flavors).toMatchObject([{ id: nova.flavor, ram: 2048, disk: 40, swap: '' }]);
  const image = (await call('GET', `/images/${nova.image}`)).body;
  expect(image).toMatchObject({ image: { id: nova.image, status: 'ACTIVE' } });
  expect((await call('GET', `/images/${nova.image}`, undefined, version('2.36'))).status).toBe(404);
  expect((await fetch(`${lab.origin}/image`)).status).toBe(300);
  expect((await fetch(`${lab.origin}/image/v2/images`)).status).toBe(401);
});

test('the Rackspace dialect: an API key, the tenant in the path, "none" as the body, 202', async () => {
  await using lab = await cloud({ dialect: 'rackspace' });
  const { nova, origin } = lab;
  const { id } = await nova.adopt({ name: 'web' });
  const credentials = { username: nova.username, apiKey: nova.apiKey };
  const answer = await fetch(`${nova.authUrl}/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { 'RAX-KSKEY:apiKeyCredentials': credentials } }),
  });
  const { access } = (await answer.json()) as {
    access: { token: { id: string }; serviceCatalog: { name: string; endpoints: { publicURL: string }[] }[] };
  };
  const servers = access.serviceCatalog.find(({ name }) => name === 'cloudServersOpenStack');
  const base = servers?.endpoints[0]?.publicURL ?? '';
  expect(base).toBe(`${origin}/compute/v2/${nova.projectId}`);
  const headers = { 'x-auth-token': access.token.id, 'content-type': 'application/json' };
  const act = (server: string, body: unknown) =>
    fetch(`${base}/servers/${server}/action`, { method: 'POST', headers, body: JSON.stringify(body) });
  const entered = nova.instances.events.waitFor('changed', ({ vmState }) => vmState === 'rescued');
  const rescue = await act(id, { rescue: 'none' });
  expect(rescue.status).toBe(202);
  expect(await rescue.json()).toEqual({ adminPass: expect.stringMatching(/^\w{12}$/) });
  await entered;
  expect((await act(id, { unrescue: null })).status).toBe(202);
  expect(await (await act('nobody', { rescue: 'none' })).json()).toEqual({
    itemNotFound: { code: 404, message: 'Server not found' },
  });
  const wrong = await fetch(`${nova.authUrl}/tokens`, {
    method: 'POST',
    body: JSON.stringify({ auth: { 'RAX-KSKEY:apiKeyCredentials': { ...credentials, apiKey: 'x' } } }),
  });
  expect(wrong.status).toBe(401);
});

test("Rackspace's identity service is answered at its public address, with no network", async () => {
  await using lab = await cloud({ dialect: 'rackspace' });
  using _intercepted = lab.nova.intercept();
  const { username, apiKey } = lab.nova;
  const answer = await fetch('https://identity.api.rackspacecloud.com/v2.0/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username, apiKey } } }),
  });
  expect(answer.status).toBe(200);
  const { access } = (await answer.json()) as {
    access: { token: { id: string }; serviceCatalog: { name: string; endpoints: { publicURL: string }[] }[] };
  };
  const compute = access.serviceCatalog.find(({ name }) => name === 'cloudServersOpenStack')?.endpoints[0]
    ?.publicURL;
  expect(compute).toBe(`https://dfw.servers.api.rackspacecloud.com/v2/${lab.nova.projectId}`);
  const servers = await fetch(`${compute}/servers`, { headers: { 'x-auth-token': access.token.id } });
  expect(servers.status).toBe(200);
});
