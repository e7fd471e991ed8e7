import { expect, test } from 'vitest';
import { LabClock } from '../clock';
import { seededRandom } from '../random';
import { type Damage, type Draft, damagesOf, one } from '../testing-damage';
import { type NovaProvider, type NovaProviderOptions, startNovaProvider } from './index';

const COUNT = Number(process.env['RESCUE_LAB_MUTATIONS'] || 10_000);
const SEED = process.env['RESCUE_LAB_SEED'] || '1';
/** No call may take longer (ms), beside other tests. */
const SLOW = 5000;
const FOREIGN = { name: 'foreign-server', secret: 'foreign-metadata', image: 'Foreign image' };
const FOREIGN_ID = 'f0f0f0f0-aaaa-4bbb-8ccc-dddddddddddd';

const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti desk';

type Call = readonly [method: string, path: string, body?: unknown];

/** Calls that a program makes; mutations begin with one of them. */
const callsOf = (server: string, { image, flavor }: NovaProvider): readonly Call[] => {
  const action = (body: unknown): Call => ['POST', `/servers/${server}/action`, body];
  return [
    ['GET', '/servers?limit=2&sort_key=uuid&name=web&status=ACTIVE'],
    ['GET', '/servers/detail?changes-since=2026-03-01T12:00:00Z&all_tenants=0'],
    ['GET', `/servers/${server}`],
    ['PUT', `/servers/${server}`, { server: { name: 'web', accessIPv4: '192.0.2.1' } }],
    [
      'POST',
      '/servers',
      {
        server: {
          name: 'shop',
          imageRef: image,
          flavorRef: flavor,
          networks: 'auto',
          metadata: { a: 'b' },
          min_count: 1,
          block_device_mapping_v2: [{ source_type: 'blank', destination_type: 'local', boot_index: -1 }],
        },
      },
    ],
    action({ rescue: { adminPass: 'Gift3d!', rescue_image_ref: image } }),
    action({ unrescue: null }),
    action({ reboot: { type: 'HARD' } }),
    action({ 'os-stop': null }),
    action({ 'os-start': null }),
    action({ pause: null }),
    action({ lock: { locked_reason: 'x' } }),
    action({ unlock: null }),
    action({ rebuild: { imageRef: image, name: 'web', metadata: { a: 'b' } } }),
    action({ createImage: { name: 'copy', metadata: { a: 'b' } } }),
    action({ changePassword: { adminPass: 'x' } }),
    action({ 'os-getVNCConsole': { type: 'novnc' } }),
    ['POST', `/servers/${server}/remote-consoles`, { remote_console: { protocol: 'vnc', type: 'novnc' } }],
    ['POST', `/servers/${server}/metadata`, { metadata: { a: 'b' } }],
    ['PUT', `/servers/${server}/metadata/a`, { meta: { a: 'b' } }],
    ['GET', `/servers/${server}/os-instance-actions?limit=1`],
    ['GET', `/servers/${server}/os-server-password`],
    [
      'POST',
      `/servers/${server}/os-volume_attachments`,
      { volumeAttachment: { volumeId: FOREIGN_ID, device: '/dev/vdb' } },
    ],
    ['GET', '/flavors/detail?minRam=1&sort_key=name'],
    ['GET', '/limits'],
    ['GET', '/os-quota-sets/{project}/detail'],
    ['GET', '/os-keypairs?limit=1'],
    ['POST', '/os-keypairs', { keypair: { name: 'desk', public_key: PUBLIC_KEY } }],
    ['GET', '/os-keypairs/desk'],
    ['DELETE', '/os-keypairs/desk'],
    ['POST', '/os-server-groups', { server_group: { name: 'web', policies: ['affinity'] } }],
    ['GET', '/os-server-groups?limit=1'],
    ['GET', `/os-server-groups/${FOREIGN_ID}`],
    ['GET', '/os-security-groups'],
    ['GET', `/servers/${server}/os-security-groups`],
    ['PUT', `/servers/${server}/tags`, { tags: ['a', 'b'] }],
    action({ removeSecurityGroup: { name: 'default' } }),
    ['GET', '/os-services'],
    ['GET', `/images/${image}`],
    ['GET', '/os-networks'],
    ['GET', `/servers/${FOREIGN_ID}`],
    ['DELETE', `/servers/${FOREIGN_ID}`],
    ['POST', `/servers/${FOREIGN_ID}/action`, { rescue: null }],
  ];
};

/** What the compute face has and other faces do not. */
const otherMicroversion: Damage = (draft, random) => {
  draft.headers['openstack-api-version'] = one(random, [
    ...['compute 2.90', 'compute latest', 'compute 2.26', 'compute 2.87', 'compute 2.1'],
    ...['compute', 'compute 9.9', 'x', ',', 'compute 2.1e9'],
  ]);
};
const DAMAGES: readonly Damage[] = [
  ...damagesOf({
    versions: ['/v2.1', '/v2', '/v2.1/', '', '/v2.0', '//v2.1', '/v2.1/v2.1', '/v2/{project}'],
    segments: [FOREIGN_ID, '(a+)+$', '[', '2026-13-99'],
    parameters: 'limit marker sort_key sort_dir name status changes-since ip deleted locked'.split(' '),
    headers: ['x-auth-token', 'x-openstack-nova-api-version'],
  }),
  otherMicroversion,
];

const foreignState = ({ instances, images }: NovaProvider) => {
  const { vmState, taskState, name, metadata, lockedBy, updated } = instances.get(FOREIGN_ID);
  return JSON.stringify([vmState, taskState, name, metadata, lockedBy, updated, images.get(FOREIGN_ID)]);
};

test.each<[string, Partial<NovaProviderOptions>]>([
  ['openstack', {}],
  ['rackspace', { dialect: 'rackspace' }],
])(
  `${COUNT} damaged requests at the compute face of %s: each is answered in time, none with a 500, and nothing of another project is told or changed`,
  async (dialect, options) => {
    using clock = new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true });
    const consoleProxyUrl = () => 'http://127.0.0.1:6080';
    await using nova = await startNovaProvider({
      clock,
      random: seededRandom(`cloud ${SEED}`),
      consoleProxyUrl,
      ...options,
    });
    const other = await nova.adopt({
      id: FOREIGN_ID,
      name: FOREIGN.name,
      owner: 'bo',
      metadata: { secret: FOREIGN.secret },
    });
    const created = clock.now();
    const shape = { size: 1, minDisk: 0, minRam: 0, created, properties: {}, ownerId: other.projectId };
    nova.images.add({ ...shape, id: FOREIGN_ID, name: FOREIGN.image, visibility: 'private' });
    const before = foreignState(nova);
    const random = seededRandom(`damaged requests ${SEED} ${dialect}`);
    const token = await tokenOf(nova);
    const statuses = new Map<number, number>();
    let server = '';
    for (let index = 0; index < COUNT; index += 1) {
      if (index % 50 === 0) {
        server = (await nova.adopt({ name: 'web' })).id;
      }
      const [method, path, body] = one(random, callsOf(server, nova));
      const draft: Draft = {
        method,
        version: dialect === 'rackspace' ? '/v2/{project}' : '/v2.1',
        path,
        text: body === undefined ? '' : JSON.stringify(body),
        headers: { 'x-auth-token': token, 'content-type': 'application/json' },
      };
      for (let damages = random.integer(4); damages > 0; damages -= 1) {
        one(random, DAMAGES)(draft, random);
      }
      const told = `request ${index} of seed ${SEED}: ${draft.method} ${draft.version}${draft.path.slice(0, 200)} ${draft.text.slice(0, 300)} ${JSON.stringify(draft.headers).slice(0, 300)}`;
      const started = performance.now();
      const response = await nova.respond(requestOf(nova, draft)).catch((cause: unknown) => {
        throw new Error(told, { cause });
      });
      const answer = await response.text();
      expect(performance.now() - started, told).toBeLessThan(SLOW);
      expect(response.status === 501 ? 0 : response.status, `${told}\n${answer}`).toBeLessThan(500);
      for (const foreign of Object.values(FOREIGN)) {
        expect(answer.includes(foreign), told).toBe(false);
      }
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      // Behind the API's back the machines do what they were asked for.
      await clock.advance(1);
    }
    // Damage that is always refused at the door would test the door only.
    const seen = JSON.stringify([...statuses]);
    for (const status of [200, 202, 400, 404, 409]) {
      expect(statuses.get(status), seen).toBeGreaterThan(COUNT / 100);
    }
    expect(foreignState(nova)).toBe(before);
  },
  600_000,
);

async function tokenOf(nova: NovaProvider): Promise<string> {
  if (nova.dialect === 'openstack') {
    const domain = { name: 'Default' };
    const { username: name, password, project } = nova;
    const auth = {
      identity: { methods: ['password'], password: { user: { name, password, domain } } },
      scope: { project: { name: project, domain } },
    };
    const answer = await post(nova, `${nova.authUrl}/auth/tokens`, { auth });
    return answer.headers.get('x-subject-token') ?? '';
  }
  const { username, apiKey } = nova;
  const auth = { 'RAX-KSKEY:apiKeyCredentials': { username, apiKey } };
  const answer = await post(nova, `${nova.authUrl}/tokens`, { auth });
  return ((await answer.json()) as { access: { token: { id: string } } }).access.token.id;
}

function post(nova: NovaProvider, url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return nova.respond(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
}

function requestOf({ authUrl, projectId }: NovaProvider, draft: Draft): Request {
  const version = draft.version.replace('{project}', projectId);
  const hasBody = draft.method !== 'GET' && draft.method !== 'HEAD';
  return new Request(new URL(`${new URL(authUrl).origin}/compute${version}${draft.path}`), {
    method: draft.method,
    headers: draft.headers,
    ...(hasBody && { body: Buffer.from(draft.text) }),
  });
}
