import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../random';
import { startTestProvider } from '../testing';
import type { ErrorDialect } from './errors';

/** What a client's program is handed as JSON in its first argument. */
interface Facts {
  readonly port: number;
  readonly keys: readonly [application: string, secret: string, consumer: string];
  readonly server: string;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'other-clients-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a lab that answers https, and runs a program that trusts its certificate. Answers the program's JSON. */
async function run(program: readonly [string, ...string[]], errorDialect: ErrorDialect): Promise<unknown> {
  await using provider = await startTestProvider({
    random: seededRandom('clients'),
    tls: true,
    errorDialect,
  });
  const trusted = join(folder, 'lab.pem');
  writeFileSync(trusted, provider.certificate ?? '');
  const { applicationKey, applicationSecret, consumerKey, core } = provider;
  const facts: Facts = {
    port: provider.endpoint.port,
    keys: [applicationKey, applicationSecret, consumerKey],
    server: core.servers()[0]?.name ?? '',
  };
  const [command, ...words] = program;
  const { stdout } = await execa(command, [...words, JSON.stringify(facts)], {
    env: { NODE_EXTRA_CA_CERTS: trusted, REQUESTS_CA_BUNDLE: trusted, SSL_CERT_FILE: trusted },
    timeout: 30_000,
  });
  return JSON.parse(stdout);
}

/** The package as it comes, without the detours of `client.ts`. */
const NPM_CLIENT = `
  const { port, keys: [appKey, appSecret, consumerKey], server } = JSON.parse(process.argv[1]);
  const client = (more) => require('ovh')({ host: '127.0.0.1', port, appKey, appSecret, consumerKey, ...more });
  const call = (method, path, body, more) =>
    client(more).requestPromised(method, path, body).catch((error) => [error.error, error.message]);
  const path = '/dedicated/server/' + server;
  (async () => console.log(JSON.stringify([
    await call('GET', '/me').then(({ nichandle }) => nichandle),
    await call('PUT', path, { rescueMail: 'ada+é@example.com' }),
    await call('GET', path).then(({ rescueMail }) => rescueMail),
    await call('GET', path + '/boot', { bootType: 'power' }),
    await call('PUT', path, { bootId: 7 }),
    await call('GET', '/me', {}, { appSecret: 'wrong' }),
    await call('POST', '/auth/credential', { accessRules: [{ method: 'GET', path: '/me' }] }).then(({ state }) => state),
  ])))();
`;

test('the npm package ovh, untouched, over https', async () => {
  expect(await run([process.execPath, '-e', NPM_CLIENT], 'class')).toEqual([
    'xx1111-ovh',
    null,
    'ada+é@example.com',
    [95083],
    [404, expect.stringMatching(/^Netboot id 7 is not valid, must be on list : 1, /)],
    [400, 'Invalid signature'],
    'pendingValidation',
  ]);
});

/** Its own time is asked for at port 443, wherever its connection goes: so it is told the difference of the clocks. */
const LIBCLOUD = `
import json, sys
from libcloud.common.ovh import OvhConnection
facts = json.loads(sys.argv[1])
key, secret, consumer = facts['keys']

def connection(secret=secret, consumer=consumer):
    made = OvhConnection(key, secret, ex_consumer_key=consumer, host='127.0.0.1', port=facts['port'])
    made._timedelta = 1
    return made

def call(path, on=connection(), **words):
    try:
        answer = on.request('/1.0' + path, **words)
        return [answer.status, answer.object]
    except Exception as error:
        return [type(error).__name__, getattr(error, 'code', None)]

path = '/dedicated/server/' + facts['server']
print(json.dumps([
    call('/dedicated/server'),
    call(path + '/boot', params={'bootType': 'power'}),
    call(path, method='PUT', data={'monitoring': False}),
    call(path + '/reboot', method='POST')[1]['function'],
    call('/dedicated/server/nothing'),
    call('/me', on=connection(secret='wrong')),
]))
`;

describe.skipIf(!existsSync('/usr/lib/python3/dist-packages/libcloud'))('python3-libcloud over https', () => {
  test.each([
    ['class', ['BaseHTTPError', 400]],
    ['errorCode', ['InvalidCredsError', null]],
  ] as const)('in the dialect %s a wrong secret is %j', async (dialect, refused) => {
    const server = 'ns1111111.ip-203-0-113.eu';
    expect(await run(['/usr/bin/python3', '-c', LIBCLOUD], dialect)).toEqual([
      [200, [server]],
      [200, [95083]],
      [200, ''],
      'hardReboot',
      ['BaseHTTPError', 404],
      refused,
    ]);
  });
});
