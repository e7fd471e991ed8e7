import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { LabClock } from '../clock';
import { seededRandom } from '../random';
import { type Draft, damagesOf, one } from '../testing-damage';
import { type NovaProvider, startNovaProvider } from './index';

const COUNT = Number(process.env['RESCUE_LAB_MUTATIONS'] || 10_000);
const SEED = process.env['RESCUE_LAB_SEED'] || '1';
/** No call may take longer (ms), beside other tests. */
const SLOW = 5000;

const FOREIGN = 'foreign-customers-own';

type Call = readonly [method: string, path: string, body?: object];

/** What a face is asked for before the request is damaged. */
interface Face {
  readonly name: string;
  readonly dialect: 'openstack' | 'rackspace';
  readonly prefix: string;
  readonly calls: (known: Known) => readonly Call[];
  readonly parameters: readonly string[];
}

interface Known {
  readonly user: string;
  readonly password: string;
  readonly apiKey: string;
  readonly project: string;
  readonly server: string;
  readonly image: string;
  readonly volume: string;
  readonly foreign: readonly string[];
}

const passwordOf = ({ user, password }: Known) => ({
  methods: ['password'],
  password: { user: { id: user, password } },
});

const FACES: readonly Face[] = [
  {
    name: 'Keystone v3',
    dialect: 'openstack',
    prefix: '/identity',
    parameters: ['nocatalog', 'name', 'limit'],
    calls: (known) => [
      ['POST', '/v3/auth/tokens', { auth: { identity: passwordOf(known) } }],
      [
        'POST',
        '/v3/auth/tokens',
        { auth: { identity: passwordOf(known), scope: { project: { id: known.project } } } },
      ],
      [
        'POST',
        '/v3/auth/tokens',
        {
          auth: {
            identity: {
              methods: ['application_credential'],
              application_credential: {
                id: 'x',
                secret: 'y',
                user: { name: 'nadia', domain: { id: 'default' } },
              },
            },
          },
        },
      ],
      ['GET', '/v3/auth/tokens'],
      ['GET', '/v3/auth/projects'],
      ['GET', '/v3/auth/catalog'],
      ['GET', `/v3/projects/${known.project}`],
      ['GET', `/v3/users/${known.user}/application_credentials`],
      [
        'POST',
        `/v3/users/${known.user}/application_credentials`,
        { application_credential: { name: 'ci', roles: [{ name: 'reader' }], expires_at: '2027-01-01' } },
      ],
      ['DELETE', `/v3/users/${known.user}/application_credentials/x`],
      ['GET', '/v3/regions/RegionOne'],
      ['GET', ''],
    ],
  },
  {
    name: "Rackspace's identity v2.0",
    dialect: 'rackspace',
    prefix: '/identity',
    parameters: ['name'],
    calls: ({ apiKey, password, project }) => [
      [
        'POST',
        '/v2.0/tokens',
        { auth: { 'RAX-KSKEY:apiKeyCredentials': { username: 'nadia', apiKey }, tenantId: project } },
      ],
      ['POST', '/v2.0/tokens', { auth: { passwordCredentials: { username: 'nadia', password } } }],
      ['POST', '/v2.0/tokens', { auth: { token: { id: 'x' }, tenantName: project } }],
      ['GET', '/v2.0/tokens/x'],
      ['GET', '/v2.0/tenants'],
      ['GET', '/v2.0'],
    ],
  },
  {
    name: 'Glance',
    dialect: 'openstack',
    prefix: '/image',
    parameters: ['limit', 'marker', 'sort', 'sort_key', 'name', 'visibility', 'size_min', 'tag', 'os_hidden'],
    calls: ({ image, project }) => [
      ['GET', '/v2/images'],
      ['GET', '/v2/images?limit=1&sort=name:asc'],
      ['GET', `/v2/images/${image}`],
      ['DELETE', `/v2/images/${image}`],
      ['GET', `/v2/images/${image}/members`],
      ['POST', `/v2/images/${image}/members`, { member: project }],
      ['PUT', `/v2/images/${image}/members/${project}`, { status: 'accepted' }],
      ['GET', '/v2/schemas/image'],
      ['GET', '/versions'],
    ],
  },
  {
    name: 'Neutron',
    dialect: 'openstack',
    prefix: '/network',
    parameters: ['limit', 'marker', 'name', 'fields', 'device_id', 'fixed_ips', 'tenant_id'],
    calls: ({ server }) => [
      ['GET', '/v2.0/networks'],
      ['GET', `/v2.0/ports?device_id=${server}&fixed_ips=ip_address=203.0.113.10`],
      ['GET', '/v2.0/subnets?fields=id&limit=1'],
      ['GET', '/v2.0/security-groups'],
      ['GET', '/v2.0/security-group-rules/x'],
      ['GET', '/v2.0/extensions/router'],
      ['GET', '/v2.0'],
    ],
  },
  {
    name: 'Cinder',
    dialect: 'openstack',
    prefix: '/volume',
    parameters: ['limit', 'marker', 'name', 'status', 'all_tenants', 'with_count'],
    calls: ({ project, volume, image }) => [
      ['GET', `/v3/${project}/volumes/detail`],
      ['GET', `/v3/${project}/volumes?limit=1`],
      ['GET', `/v3/${project}/volumes/${volume}`],
      [
        'POST',
        `/v3/${project}/volumes`,
        { volume: { name: 'data', size: 50, imageRef: image, metadata: { a: 'b' } } },
      ],
      ['PUT', `/v3/${project}/volumes/${volume}`, { volume: { name: 'data', metadata: {} } }],
      ['DELETE', `/v3/${project}/volumes/x`],
      ['GET', `/v3/${project}/attachments`],
      ['GET', `/v3/${project}/types/default`],
      ['GET', `/v3/${project}/limits`],
      ['GET', `/v3/${project}/os-quota-sets/${project}?usage=True`],
      ['GET', '/v3'],
    ],
  },
];

/** Every call comes with the headers of the proxy of the instance's own network. */
const METADATA: Face = {
  name: 'the metadata API',
  dialect: 'openstack',
  prefix: '',
  parameters: ['settled'],
  calls: () => [
    ['GET', '/openstack/latest/meta_data.json'],
    ['GET', '/openstack/2018-08-27/network_data.json'],
    ['GET', '/openstack/latest/password'],
    ['POST', '/openstack/latest/password', { any: 'text' }],
    ['GET', '/latest/meta-data/placement/availability-zone'],
    ['GET', '/ec2/2009-04-04/user-data'],
    ['GET', '/openstack'],
    ['GET', '/'],
  ],
};

const HEADERS = [
  ...['x-auth-token', 'x-subject-token', 'openstack-api-version', 'accept', 'x-forwarded-for'],
  ...['x-instance-id', 'x-tenant-id', 'x-instance-id-signature'],
];

describe.each([...FACES, METADATA])('$name', (face) => {
  test(`${COUNT} damaged requests: each is answered in time, none with a 500, and nothing of another project is told or changed`, async () => {
    await using cloud = await cloudOfTwo(face.dialect);
    const { nova, known, token } = cloud;
    const random = seededRandom(`damaged requests ${face.name} ${SEED}`);
    const before = foreignState(nova);
    const calls = face.calls(known);
    const damages = damagesOf({
      versions: [face.prefix, `${face.prefix}/`, `/${face.prefix}`, '', '/compute', `${face.prefix}/v3`],
      segments: [...known.foreign, known.server, known.image],
      parameters: face.parameters,
      headers: HEADERS,
    });
    const statuses = new Map<number, number>();
    for (let index = 0; index < COUNT; index += 1) {
      const [method, path, body] = one(random, calls);
      const text = body === undefined ? '' : JSON.stringify(body);
      const draft: Draft = { method, version: face.prefix, path, text, headers: {} };
      for (let times = 1 + random.integer(3); times > 0; times -= 1) {
        one(random, damages)(draft, random);
      }
      const told = `request ${index} of seed ${SEED}: ${draft.method} ${draft.version}${draft.path.slice(0, 200)} ${draft.text.slice(0, 200)}`;
      const started = performance.now();
      const response = await (face === METADATA
        ? nova.metadata.respond(requestOf(nova.metadata.url, draft, signedBy(nova, known)))
        : nova.respond(requestOf(nova.url, draft, { 'x-auth-token': token, 'x-subject-token': token })));
      const answer = await response.text();
      expect(performance.now() - started, told).toBeLessThan(SLOW);
      expect(response.status, `${told}\n${answer}`).toBeLessThan(500);
      expect(answer.includes(FOREIGN), `${told}\n${answer}`).toBe(false);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    }
    // Damage that is always refused at the door would test the door only.
    const seen = JSON.stringify([...statuses]);
    const ok = [200, 201, 202, 204, 300].reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0);
    expect(ok, seen).toBeGreaterThan(COUNT / 50);
    expect((statuses.get(404) ?? 0) + (statuses.get(400) ?? 0), seen).toBeGreaterThan(COUNT / 20);
    expect(foreignState(nova)).toBe(before);
  }, 600_000);
});

/** A cloud in which another customer has one of each thing, all of which tell whose they are. */
async function cloudOfTwo(dialect: 'openstack' | 'rackspace') {
  const stack = new AsyncDisposableStack();
  const clock = stack.use(new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true }));
  const nova = stack.use(await startNovaProvider({ clock, random: seededRandom('two'), dialect }));
  const { id: server } = await nova.adopt({ name: 'web-01' });
  const { id: foreignServer } = await nova.adopt({
    name: `${FOREIGN}-server`,
    owner: 'bo',
    metadata: { owner: FOREIGN },
    addresses: { public: ['203.0.113.66'] },
  });
  const bo = nova.directory.userNamed('bo');
  const foreignProject = bo === undefined ? '' : (nova.directory.projectsOf(bo)[0]?.id ?? '');
  const foreignImage = '99999999-2222-4333-8444-555555555555';
  const image = '88888888-2222-4333-8444-555555555555';
  const common = { size: 1, minDisk: 0, minRam: 0, created: clock.now(), properties: {} };
  nova.images.add({
    ...common,
    id: foreignImage,
    name: `${FOREIGN}-image`,
    visibility: 'private',
    ownerId: foreignProject,
  });
  nova.images.add({ ...common, id: image, name: 'own', visibility: 'shared', ownerId: nova.projectId });
  const volumeOf = (id: string, name: string, projectId: string) =>
    nova.volumes.add({
      id,
      name,
      projectId,
      userId: 'u',
      size: 1,
      status: 'available',
      bootable: false,
      imageMetadata: {},
      attachments: [],
      created: clock.now(),
      updated: clock.now(),
    });
  const [volume, foreignVolume] = ['own-volume', 'other-volume'];
  volumeOf(volume, 'data', nova.projectId);
  volumeOf(foreignVolume, `${FOREIGN}-volume`, foreignProject);
  nova.directory.addCredential({
    name: `${FOREIGN}-credential`,
    description: null,
    userId: bo?.id ?? '',
    projectId: foreignProject,
    roles: ['member'],
    expires: null,
    unrestricted: false,
  });
  const user = nova.directory.firstUser;
  const known: Known = {
    user: user.id,
    password: user.password,
    apiKey: user.apiKey,
    project: nova.projectId,
    server,
    image,
    volume,
    foreign: [foreignServer, foreignProject, foreignImage, foreignVolume, bo?.id ?? ''],
  };
  const token = await signIn(nova);
  return { nova, known, token, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function signIn(nova: NovaProvider): Promise<string> {
  const { url, dialect, username, password, projectId, directory } = nova;
  const isRackspace = dialect === 'rackspace';
  const auth = isRackspace
    ? { passwordCredentials: { username, password } }
    : {
        identity: { methods: ['password'], password: { user: { id: directory.firstUser.id, password } } },
        scope: { project: { id: projectId } },
      };
  const path = isRackspace ? '/identity/v2.0/tokens' : '/identity/v3/auth/tokens';
  const answer = await nova.respond(
    new Request(`${url}${path}`, { method: 'POST', body: JSON.stringify({ auth }) }),
  );
  const header = answer.headers.get('x-subject-token');
  return header ?? ((await answer.json()) as { access: { token: { id: string } } }).access.token.id;
}

function signedBy({ metadata, projectId }: NovaProvider, { server }: Known): Record<string, string> {
  const signature = createHmac('sha256', metadata.sharedSecret).update(server).digest('hex');
  return { 'x-instance-id': server, 'x-instance-id-signature': signature, 'x-tenant-id': projectId };
}

function requestOf(
  origin: string,
  { method, version, path, text, headers }: Draft,
  usual: Record<string, string>,
): Request {
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(new URL(`${origin}/${version.slice(1)}${path}`), {
    method,
    headers: { ...usual, ...headers },
    ...(hasBody && { body: Buffer.from(text) }),
  });
}

/** What belongs to the other customer. */
function foreignState({ instances, images, volumes, directory }: NovaProvider): string {
  const isForeign = ({ name }: { name: string | null }) => name?.startsWith(FOREIGN);
  return JSON.stringify([
    instances
      .list()
      .filter(isForeign)
      .map(({ id, vmState, taskState, updated }) => [id, vmState, taskState, updated]),
    images.list().filter(isForeign),
    volumes.list().filter(isForeign),
    directory.credentials.filter(isForeign),
  ]);
}
