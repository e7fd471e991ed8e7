import { getResponse } from 'msw';
import ovh from 'ovh';
import { expect, test } from 'vitest';
import { LabClock } from '../clock';
import { bootIdOf, call, SERVER_NAME, SERVER_PATH, startTestProvider, WINDOWS_SERVER } from '../testing';
import { sign } from './signature';

test('every answer carries a query id', async () => {
  await using provider = await startTestProvider();
  const { status, headers } = await call(provider, 'GET', '/me');
  expect(status).toBe(200);
  expect(headers.get('x-ovh-queryid')).toMatch(/^EU\.ext-1\.[0-9a-f]{8}\.\d+\.[0-9a-f]{32}$/);
});

test('the time of the API is that of the lab', async () => {
  await using provider = await startTestProvider({
    clock: new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true }),
  });
  expect(await (await fetch(`${provider.url}/1.0/auth/time`)).json()).toBe(1772366400);
});

test.each([
  ['no key at all', {}, 401, 'You must login first'],
  ['an unknown application', { 'x-ovh-application': 'nobody' }, 403, 'This application key is invalid'],
])('%s', async (_name, headers, status, message) => {
  await using provider = await startTestProvider();
  const response = await fetch(`${provider.url}/1.0/me`, { headers });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ message });
});

test.each([
  ['a wrong secret', { secret: 'wrong' }, 400, 'Client::BadRequest', 'Invalid signature'],
  ['an unknown consumer key', { consumerKey: 'x' }, 403, 'Client::Forbidden', 'This credential is not valid'],
  ['an old timestamp', { timestamp: 1 }, 400, 'Client::BadRequest', 'Query out of time'],
])('%s is refused', async (_name, overrides, status, errorClass, message) => {
  await using provider = await startTestProvider();
  expect(await call(provider, 'GET', '/me', undefined, overrides)).toMatchObject({
    status,
    body: { class: errorClass, message },
  });
});

test('three minutes of clock difference are let pass, more are not', async () => {
  const clock = new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true });
  await using provider = await startTestProvider({ clock });
  const now = clock.now() / 1000;
  expect(await call(provider, 'GET', '/me', undefined, { timestamp: now - 180 })).toMatchObject({
    status: 200,
  });
  expect(await call(provider, 'GET', '/me', undefined, { timestamp: now + 181 })).toMatchObject({
    status: 400,
  });
});

test('the older error dialect has code, HTTP code and message', async () => {
  await using provider = await startTestProvider({ errorDialect: 'errorCode' });
  expect(await call(provider, 'GET', '/me', undefined, { consumerKey: 'x' })).toMatchObject({
    status: 403,
    body: {
      errorCode: 'INVALID_CREDENTIAL',
      httpCode: '403 Forbidden',
      message: 'This credential is not valid',
    },
  });
  const unsigned = await fetch(`${provider.url}/1.0/me`);
  expect([unsigned.status, ((await unsigned.json()) as { errorCode: string }).errorCode]).toEqual([
    403,
    'NOT_CREDENTIAL',
  ]);
});

test('a consumer key works once its customer has validated it, for the calls it asked for, until logout', async () => {
  await using provider = await startTestProvider({ account: { password: 'open sesame' } });
  const asked = await fetch(`${provider.url}/1.0/auth/credential`, {
    method: 'POST',
    headers: { 'x-ovh-application': provider.applicationKey },
    body: JSON.stringify({
      accessRules: [
        { method: 'GET', path: '/dedicated/server/*' },
        { method: 'GET', path: '/auth/currentCredential' },
        { method: 'POST', path: '/auth/logout' },
      ],
      redirection: 'https://app.example/back',
    }),
  });
  const { consumerKey, state, validationUrl } = (await asked.json()) as Record<string, string>;
  expect(state).toBe('pendingValidation');
  const mine = { consumerKey: consumerKey as string };
  expect(await call(provider, 'GET', SERVER_PATH, undefined, mine)).toMatchObject({ status: 403 });

  const page = await (await fetch(validationUrl as string)).text();
  expect(page).toContain('<li>GET /dedicated/server/*</li>');
  const logIn = (password: string) =>
    fetch(validationUrl as string, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ account: 'xx1111-ovh', password }),
    });
  expect((await logIn('wrong')).status).toBe(403);
  expect((await logIn('open sesame')).headers.get('location')).toBe('https://app.example/back');

  expect(await call(provider, 'GET', SERVER_PATH, undefined, mine)).toMatchObject({ status: 200 });
  expect(await call(provider, 'GET', '/me', undefined, mine)).toMatchObject({
    status: 403,
    body: { message: 'This call has not been granted' },
  });
  expect(await call(provider, 'GET', '/auth/currentCredential', undefined, mine)).toMatchObject({
    body: { status: 'validated', expiration: null },
  });
  expect(await call(provider, 'POST', '/auth/logout', undefined, mine)).toMatchObject({ status: 200 });
  expect(await call(provider, 'GET', SERVER_PATH, undefined, mine)).toMatchObject({ status: 403 });
});

test('a server of another customer, and an unknown path, do not exist', async () => {
  await using provider = await startTestProvider({
    otherAccounts: [
      {
        account: { nichandle: 'yy2222-ovh' },
        servers: [{ ...WINDOWS_SERVER, name: 'ns2222222.ip-203-0-113.eu' }],
      },
    ],
  });
  expect(await call(provider, 'GET', '/dedicated/server')).toMatchObject({ body: [SERVER_NAME] });
  expect(await call(provider, 'GET', '/dedicated/server/ns2222222.ip-203-0-113.eu')).toMatchObject({
    status: 404,
    body: { class: 'Client::NotFound', message: 'This service does not exist' },
  });
  expect(await call(provider, 'GET', '/dedicated/nothing')).toMatchObject({ status: 404 });
  expect(await call(provider, 'PUT', SERVER_PATH.concat('/boot'), {})).toMatchObject({ status: 405 });
});

test('a change keeps what it does not name, and null takes a value back', async () => {
  await using provider = await startTestProvider();
  const change = (body: object) => call(provider, 'PUT', SERVER_PATH, body);
  expect(await change({ rescueMail: 'a@example.net', monitoring: false })).toMatchObject({
    status: 200,
    body: undefined,
  });
  await change({ noIntervention: true, name: 'read only', os: 'read only' });
  expect(await call(provider, 'GET', SERVER_PATH)).toMatchObject({
    body: {
      name: SERVER_NAME,
      os: 'win2022-std_64',
      rescueMail: 'a@example.net',
      monitoring: false,
      noIntervention: true,
    },
  });
  await change({ rescueMail: null });
  expect(await call(provider, 'GET', SERVER_PATH)).toMatchObject({ body: { rescueMail: null } });
  expect(await change({ bootId: 'rescue' })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('Invalid parameter bootId') },
  });
});

test('an unknown netboot is refused with the list of allowed ones', async () => {
  await using provider = await startTestProvider();
  const { body: list } = await call(provider, 'GET', `${SERVER_PATH}/boot`);
  expect(await call(provider, 'PUT', SERVER_PATH, { bootId: 4711 })).toMatchObject({
    status: 404,
    body: { message: `Netboot id 4711 is not valid, must be on list : ${(list as number[]).join(', ')}` },
  });
});

test('netboots are found by type and kernel', async () => {
  await using provider = await startTestProvider();
  expect((await call(provider, 'GET', `${SERVER_PATH}/boot?bootType=harddisk`)).body).toEqual([1]);
  const { body } = await call(provider, 'GET', `${SERVER_PATH}/boot?bootType=rescue`);
  expect(body).toContain(bootIdOf(provider, 'rescue-customer-windows'));
  expect(body).toHaveLength(3);
  expect(await call(provider, 'GET', `${SERVER_PATH}/boot?bootType=floppy`)).toMatchObject({ status: 400 });
  expect(await call(provider, 'GET', `${SERVER_PATH}/boot/1`)).toMatchObject({
    body: { bootId: 1, bootType: 'harddisk', kernel: 'hd' },
  });
  expect((await call(provider, 'GET', `${SERVER_PATH}/boot/1/option`)).body).toEqual([]);
  expect(await call(provider, 'GET', `${SERVER_PATH}/boot/2`)).toMatchObject({ status: 404 });
});

test('an expired service is refused with 460, and says so in its service information', async () => {
  await using provider = await startTestProvider({ servers: [{ ...WINDOWS_SERVER, service: 'expired' }] });
  expect(await call(provider, 'GET', SERVER_PATH)).toMatchObject({ status: 460 });
  expect(await call(provider, 'GET', `${SERVER_PATH}/serviceInfos`)).toMatchObject({
    body: { status: 'expired' },
  });
});

test('the specifications tell memory, disks and network', async () => {
  await using provider = await startTestProvider();
  expect(await call(provider, 'GET', `${SERVER_PATH}/specifications/hardware`)).toMatchObject({
    body: { memorySize: { unit: 'MB', value: 16384 }, diskGroups: [{ numberOfDisks: 2 }] },
  });
  expect(await call(provider, 'GET', `${SERVER_PATH}/specifications/network`)).toMatchObject({
    body: { routing: { ipv4: { ip: '203.0.113.100', gateway: '203.0.113.254' } } },
  });
});

test.each([
  ['by client', 'node', ''],
  ['by client', 'python-requests/2.28.1', 'null'],
  ['nothing', 'python-requests/2.28.1', ''],
  ['null', 'node', 'null'],
] as const)('answers without content: "%s" for %s is %j', async (emptyAnswer, client, text) => {
  await using provider = await startTestProvider({ emptyAnswer });
  const url = `${provider.url}/1.0${SERVER_PATH}`;
  const timestamp = String(Math.floor(provider.clock.now() / 1000));
  const { applicationKey, applicationSecret, consumerKey } = provider;
  const response = await fetch(url, {
    method: 'PUT',
    headers: {
      'user-agent': client,
      'x-ovh-application': applicationKey,
      'x-ovh-consumer': consumerKey,
      'x-ovh-timestamp': timestamp,
      'x-ovh-signature': sign({ applicationSecret, consumerKey, method: 'PUT', url, body: '{}', timestamp }),
    },
    body: '{}',
  });
  expect([response.status, await response.text()]).toEqual([200, text]);
});

test('every handler can be given to a setupServer of somebody else', async () => {
  await using provider = await startTestProvider();
  const request = new Request('https://eu.api.ovh.com/1.0/auth/time');
  expect((await getResponse([...provider.handlers], request))?.status).toBe(200);
});

test('a service account logs in by HTTP Basic, with id and secret form-urlencoded', async () => {
  await using provider = await startTestProvider();
  const { clientId, clientSecret, tokenUrl } = provider.oauth2;
  const logIn = (secret: string) =>
    fetch(tokenUrl, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${secret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'all' }),
    });
  expect((await logIn(clientSecret)).status).toBe(200);
  const refused = await logIn('wrong');
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="oauth2"']);
});

test('the npm client checks its calls by what the API says of itself', async () => {
  await using provider = await startTestProvider();
  using _intercepted = provider.intercept();
  const { applicationKey: appKey, applicationSecret: appSecret, consumerKey } = provider;
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  const client = ovh({
    appKey,
    appSecret,
    consumerKey,
    endpoint: 'ovh-eu',
    apis: ['me', 'dedicated/server'],
    warn,
  });
  const get = (path: string) =>
    new Promise((resolve) => client.request('GET', path, {}, (_error, answer) => resolve(answer)));
  expect(await get('/dedicated/server')).toEqual([SERVER_NAME]);
  expect(warnings).toEqual([]);
  await get('/dedicated/server/x/nothing');
  expect(warnings).toEqual(['[OVH] Your call /dedicated/server/x/nothing was not found in the API schemas.']);
});
