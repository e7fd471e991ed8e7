import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { LabClock } from '../clock';
import { seededRandom } from '../random';
import { call, SERVER_NAME, SERVER_PATH, startTestProvider, WINDOWS_SERVER } from '../testing';
import { type Draft, damagesOf, one } from '../testing-damage';
import { sign } from './signature';

const COUNT = Number(process.env['RESCUE_LAB_MUTATIONS'] || 10_000);
const SEED = process.env['RESCUE_LAB_SEED'] || '1';
/** No call may take longer (ms), beside other tests. */
const SLOW = 5000;

const OTHER = 'ns2222222.ip-203-0-113.eu';
const FOREIGN = { mail: 'foreign-customer@example.org', name: 'Foreignname', key: 'ssh-ed25519 FOREIGNKEY' };

/** Calls that a program makes; mutations begin with one of them. */
const CALLS: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['GET', '/auth/time'],
  ['GET', '/auth/currentCredential'],
  [
    'POST',
    '/auth/credential',
    { accessRules: [{ method: 'GET', path: '/*' }], redirection: 'https://a.example/' },
  ],
  ['GET', '/me'],
  ['GET', '/me/notification/email/history/1'],
  ['GET', '/dedicated/server'],
  ['GET', SERVER_PATH],
  ['PUT', SERVER_PATH, { bootId: 1, rescueMail: 'a@example.net', monitoring: true, rootDevice: null }],
  ['GET', `${SERVER_PATH}/serviceInfos`],
  [
    'PUT',
    `${SERVER_PATH}/serviceInfos`,
    { renew: { automatic: true, deleteAtExpiration: false, forced: false, period: 1 } },
  ],
  ['GET', `${SERVER_PATH}/boot?bootType=rescue`],
  ['GET', `${SERVER_PATH}/boot/1/option/ipv6`],
  ['POST', `${SERVER_PATH}/reboot`],
  ['GET', `${SERVER_PATH}/task?function=hardReboot&status=done`],
  ['POST', `${SERVER_PATH}/task/1/cancel`],
  [
    'POST',
    `${SERVER_PATH}/features/ipmi/access`,
    { type: 'kvmipHtml5URL', ttl: 5, ipToAllow: '203.0.113.7' },
  ],
  ['GET', `${SERVER_PATH}/features/ipmi/access?type=kvmipHtml5URL`],
  ['POST', `${SERVER_PATH}/features/ipmi/test`, { type: 'ping', ttl: 1 }],
  ['POST', `${SERVER_PATH}/features/bmc/webKvm`, { ttl: 1, ipToAllow: '203.0.113.7' }],
  ['POST', `${SERVER_PATH}/features/bmc/test`, { type: 'ping' }],
  ['GET', `${SERVER_PATH}/features/bmc/test?type=ping&operationId=1`],
  ['GET', `${SERVER_PATH}/operation?function=bmc/testPing&status=done`],
  ['GET', `${SERVER_PATH}/install/status`],
  [
    'POST',
    `${SERVER_PATH}/task/1/schedule`,
    { hasPerformedBackup: true, wantedBeginingDate: '2026-03-02T10:00:00+01:00' },
  ],
  ['POST', `${SERVER_PATH}/authenticationSecret`],
  ['POST', '/secret/retrieve', { id: 'mr8n2f85-tv19-6h1j-cu5m-lwfct1n5mali' }],
  ['GET', `${SERVER_PATH}/specifications/hardware`],
  ['GET', `/dedicated/server/${OTHER}`],
];

const DAMAGES = damagesOf({
  versions: ['/1.0', '/v1', '/1.0/', '', '/2.0', '//1.0', '/1.0/v1'],
  segments: [OTHER],
  parameters: ['type', 'status', 'bootType'],
  headers: ['x-ovh-application', 'x-ovh-consumer', 'x-ovh-timestamp', 'x-ovh-signature', 'authorization'],
});

async function startTwoAccounts() {
  const provider = await startTestProvider({
    clock: new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true }),
    otherAccounts: [
      {
        account: { nichandle: 'yy2222-ovh', email: FOREIGN.mail, name: FOREIGN.name },
        servers: [{ ...WINDOWS_SERVER, name: OTHER, rescueSshKey: FOREIGN.key }],
      },
    ],
  });
  const before = JSON.stringify(foreignState(provider));
  return { provider, before };
}

type Provider = Awaited<ReturnType<typeof startTestProvider>>;

function foreignState({ core }: Provider) {
  const { bootId, rescueMail, rescueSshKey, monitoring, state } = core.server(OTHER);
  return { bootId, rescueMail, rescueSshKey, monitoring, state, tasks: core.tasks.list(OTHER).length };
}

test(`${COUNT} damaged requests: each is answered in time, none with a 500, and nothing of another customer is told or changed`, async () => {
  const { provider, before } = await startTwoAccounts();
  await using _provider = provider;
  const random = seededRandom(`damaged requests ${SEED}`);
  const statuses = new Map<number, number>();
  for (let index = 0; index < COUNT; index += 1) {
    const [method, path, body] = one(random, CALLS);
    const draft: Draft = {
      method,
      version: '/1.0',
      path,
      text: body === undefined ? '' : JSON.stringify(body),
      headers: {},
    };
    for (let damages = 1 + random.integer(3); damages > 0; damages -= 1) {
      one(random, DAMAGES)(draft, random);
    }
    const told = `request ${index} of seed ${SEED}: ${draft.method} ${draft.version}${draft.path.slice(0, 200)} ${draft.text.slice(0, 200)}`;
    const started = performance.now();
    const response = await provider.respond(requestOf(provider, draft));
    const answer = await response.text();
    expect(performance.now() - started, told).toBeLessThan(SLOW);
    expect(response.status, `${told}\n${answer}`).toBeLessThan(500);
    for (const foreign of Object.values(FOREIGN)) {
      expect(answer.includes(foreign), told).toBe(false);
    }
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  }
  // Damage that is always refused at the door would test the door only.
  expect(statuses.get(200), JSON.stringify([...statuses])).toBeGreaterThan(COUNT / 50);
  expect(statuses.get(400)).toBeGreaterThan(COUNT / 50);
  expect(statuses.get(404)).toBeGreaterThan(COUNT / 50);
  expect(JSON.stringify(foreignState(provider))).toBe(before);
  expect((await call(provider, 'GET', SERVER_PATH)).body).toMatchObject({ name: SERVER_NAME });
}, 600_000);

/** The damaged request, signed over what it has become, so that most get past the signature. */
function requestOf(
  { url, applicationKey, applicationSecret, consumerKey, clock }: Provider,
  draft: Draft,
): Request {
  const full = new URL(`${url}/${draft.version.slice(1)}${draft.path}`).href;
  const hasBody = draft.method !== 'GET' && draft.method !== 'HEAD';
  const body = hasBody ? draft.text : '';
  const timestamp = String(Math.floor(clock.now() / 1000));
  const { origin, pathname, search } = new URL(full);
  const signature = sign({
    applicationSecret,
    consumerKey,
    method: draft.method,
    url: origin + pathname + search,
    body,
    timestamp,
  });
  return new Request(full, {
    method: draft.method,
    headers: {
      // Damaged headers stand alone: with the others right, they would be refused for the signature's sake only.
      ...(Object.keys(draft.headers).some((name) => name !== 'content-type')
        ? {}
        : {
            'x-ovh-application': applicationKey,
            'x-ovh-consumer': consumerKey,
            'x-ovh-timestamp': timestamp,
            'x-ovh-signature': signature,
          }),
      ...draft.headers,
    },
    ...(hasBody && { body: Buffer.from(body) }),
  });
}

test('bytes that are hardly HTTP end their connection, and the next call is answered', async () => {
  const { provider } = await startTwoAccounts();
  await using _provider = provider;
  const random = seededRandom(`damaged bytes ${SEED}`);
  const whole = Buffer.from(
    `PUT /1.0${SERVER_PATH} HTTP/1.1\r\nHost: ${new URL(provider.url).host}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
  );
  const odd = [
    'GET //evil HTTP/1.1\r\n',
    'TRACE / HTTP/1.1\r\n',
    'GET /1.0/me HTTP/1.1\r\nHost: a b\r\n',
    'CONNECT a:1 HTTP/1.1\r\n',
  ];
  const messages = [
    ...odd.map((head) =>
      Buffer.from(`${head}${head.includes('Host') ? '' : 'Host: x\r\n'}Connection: close\r\n\r\n`),
    ),
    ...Array.from({ length: 200 }, () => {
      const bytes = Buffer.from(whole);
      for (let changes = 1 + random.integer(4); changes > 0; changes -= 1) {
        bytes[random.integer(bytes.length)] = random.integer(256);
      }
      return bytes;
    }),
  ];
  for (const bytes of messages) {
    const answer = await exchange(provider.endpoint, bytes);
    expect(answer.slice(0, 12), JSON.stringify(bytes.toString('latin1'))).not.toMatch(/^HTTP\/1\.1 5/);
  }
  expect((await fetch(`${provider.url}/1.0/auth/time`)).status).toBe(200);
});

/** Sends bytes, then hangs up the sending half; resolves with what came back until the end. */
function exchange({ host, port }: { host: string; port: number }, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, host, () => socket.end(bytes));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('error', () => resolve(answer)).on('close', () => resolve(answer));
  });
}
