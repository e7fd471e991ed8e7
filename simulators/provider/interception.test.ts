import { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { LabClock } from './clock';
import { ovhClient } from './ovh';
import { SERVER_NAME, SERVER_PATH, startTestProvider } from './testing';

const ordinary = Socket.prototype.connect;
const ordinaryFetch = globalThis.fetch;
afterEach(() => {
  expect(Socket.prototype.connect).toBe(ordinary);
  expect(globalThis.fetch).toBe(ordinaryFetch);
});

const clientOf = (
  { applicationKey: appKey, applicationSecret: appSecret, consumerKey }: Keys,
  region: 'EU' | 'US' = 'EU',
) => ovhClient({ appKey, appSecret, consumerKey, region });
type Keys = Awaited<ReturnType<typeof startTestProvider>>;

test('the public address is answered with no network, by fetch and by the npm client', async () => {
  await using provider = await startTestProvider();
  using _intercepted = provider.intercept();
  expect(typeof (await (await fetch('https://eu.api.ovh.com/1.0/auth/time')).json())).toBe('number');
  expect(await clientOf(provider).get('/dedicated/server')).toEqual([SERVER_NAME]);
});

test('a token is given at the address of the web site', async () => {
  await using provider = await startTestProvider();
  using _intercepted = provider.intercept();
  const { clientId, clientSecret } = provider.oauth2;
  const answer = await fetch('https://www.ovh.com/auth/oauth2/token', {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const me = await fetch('https://eu.api.ovh.com/v1/me', {
    headers: { authorization: `Bearer ${access_token}` },
  });
  expect(await me.json()).toMatchObject({ nichandle: 'xx1111-ovh' });
});

test('other servers are reached as ever, also those that speak first', async () => {
  await using provider = await startTestProvider();
  using _intercepted = provider.intercept();
  expect((await fetch(`${provider.url}/1.0/auth/time`)).status).toBe(200);
  const [host, port] = provider.smtp.split(':');
  const greeting = await new Promise<string>((resolve, reject) => {
    const socket = new Socket().connect(Number(port), host ?? '');
    socket.once('error', reject).once('data', (data) => {
      socket.destroy();
      resolve(String(data));
    });
  });
  expect(greeting).toMatch(/^220 /);
});

test('two regions are answered side by side, and the latest lab of a region answers until it is gone', async () => {
  await using eu = await startTestProvider();
  await using us = await startTestProvider({ region: 'US' });
  using _eu = eu.intercept();
  using _us = us.intercept();
  expect(await clientOf(us, 'US').get(`${SERVER_PATH}/boot?bootType=power`)).toEqual([39720]);
  expect(await clientOf(eu).get(`${SERVER_PATH}/boot?bootType=power`)).toEqual([95083]);
  {
    await using later = await startTestProvider({
      clock: new LabClock({ startAt: new Date('2030-01-01'), frozen: true }),
    });
    using _later = later.intercept();
    expect(await (await fetch('https://eu.api.ovh.com/1.0/auth/time')).json()).toBe(1893456000);
  }
  expect(await clientOf(eu).get('/dedicated/server')).toEqual([SERVER_NAME]);
});

test('a call that nothing answers is 404, and told with the nearest route', async () => {
  await using provider = await startTestProvider();
  using _intercepted = provider.intercept();
  const answer = await fetch('https://eu.api.ovh.com/1.0/dedicated/server/ns1/reboots', { method: 'POST' });
  expect(answer.status).toBe(404);
  expect(provider.takeUnknownCalls()).toEqual([
    {
      method: 'POST',
      url: 'https://eu.api.ovh.com/1.0/dedicated/server/ns1/reboots',
      nearest: 'POST /1.0/dedicated/server/{serviceName}/reboot',
    },
  ]);
  expect(provider.takeUnknownCalls()).toEqual([]);
});

test('fetch sees what it sees of a server: address, aborts, broken connections, redirects', async () => {
  await using provider = await startTestProvider({
    clock: new LabClock({ frozen: true }),
    account: { password: 'x' },
  });
  using _intercepted = provider.intercept();
  const time = 'https://eu.api.ovh.com/1.0/auth/time';
  expect((await fetch(new Request(time))).url).toBe(time);
  {
    using _slow = provider.core.faults.add({ kind: 'slow-answers', by: 60_000 });
    await expect(fetch(time, { signal: AbortSignal.timeout(20) })).rejects.toThrow('timeout');
    await expect(fetch(time, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
      'too late',
    );
  }
  {
    using _broken = provider.core.faults.add({ kind: 'dropped-connections' });
    await expect(fetch(time)).rejects.toThrow('fetch failed');
  }
  const [application] = [provider.credentials.application(provider.applicationKey)];
  const credential = provider.credentials.request(application as NonNullable<typeof application>, [], {
    redirection: time,
  });
  const validate = (redirect: RequestRedirect) =>
    fetch(`https://eu.api.ovh.com/auth/?credentialToken=${credential.token}`, {
      method: 'POST',
      redirect,
      body: new URLSearchParams({ account: 'xx1111-ovh', password: 'x' }),
    });
  expect(typeof (await (await validate('follow')).json())).toBe('number');
});
