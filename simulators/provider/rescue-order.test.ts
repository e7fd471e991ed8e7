import { inspect } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import {
  LabClock,
  type OvhProvider,
  type OvhProviderOptions,
  ovhClient,
  startOvhProvider,
  WINDOWS_RESCUE,
} from '.';
import { Inbox, receiveMail } from './mail';

const NAME = 'ns1111111.ip-203-0-113.eu';
const PATH = `/dedicated/server/${NAME}`;
const WINDOWS_SERVER = {
  name: NAME,
  ip: '203.0.113.100',
  mac: '52:54:00:12:34:56',
  os: 'win2022-std_64',
  memory: 16,
};

afterEach(() => vi.restoreAllMocks());

const start = (options: Partial<OvhProviderOptions> = {}) =>
  startOvhProvider({ servers: [WINDOWS_SERVER], pace: { todo: 10, init: 10 }, ...options });

function clientOf(provider: OvhProvider, basePath = '/1.0') {
  const { applicationKey, applicationSecret, consumerKey, endpoint } = provider;
  return ovhClient({ appKey: applicationKey, appSecret: applicationSecret, consumerKey, endpoint, basePath });
}

/** Orders the rescue system through the API and follows the task to its end. */
async function orderRescue(provider: OvhProvider, changes: object = {}) {
  const client = clientOf(provider);
  const ids = (await client.get(`${PATH}/boot`, { bootType: 'rescue' })) as number[];
  const boots = (await Promise.all(ids.map((id) => client.get(`${PATH}/boot/${id}`)))) as {
    bootId: number;
    kernel: string;
  }[];
  const windows = boots.find(({ kernel }) => kernel === WINDOWS_RESCUE);
  expect(await client.put(PATH, { bootId: windows?.bootId, ...changes })).toBeNull();
  const ended = provider.events.waitFor('task-changed', ({ status }) => status === 'done');
  const task = (await client.post(`${PATH}/reboot`)) as { taskId: number; function: string; status: string };
  expect(task).toMatchObject({ function: 'hardReboot', status: 'todo' });
  await ended;
  expect(await client.get(`${PATH}/task/${task.taskId}`)).toMatchObject({ status: 'done' });
  return { client, bootId: windows?.bootId };
}

async function secretOf(provider: OvhProvider, link: string) {
  expect(link.startsWith(`${provider.url}/secret?id=`)).toBe(true);
  const page = await fetch(link);
  expect(page.status).toBe(200);
  return /<code id="secret">([^<]+)<\/code>/.exec(await page.text())?.[1];
}

const linkIn = (text: string) => /http:\S+/.exec(text)?.[0] ?? '';

test('a customer orders the Windows rescue system and gets its password, and no log ever shows it', async () => {
  const printed: unknown[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...values) => printed.push(values));
  }
  await using provider = await start();
  const netboot = await provider.startNetboot(NAME, {
    files: { [WINDOWS_RESCUE]: { kernel: '/boot/k', initrd: ['/boot/i'], commandLine: 'quiet' } },
  });
  const events: unknown[] = [];
  for (const name of [
    'task-changed',
    'boot-started',
    'script-served',
    'session-asked',
    'ready',
    'mail-sent',
    'secret-read',
    'exchange',
  ] as const) {
    provider.events.on(name, (event) => events.push({ name, ...event }));
  }
  const { client } = await orderRescue(provider);

  const mail = await provider.inbox?.waitFor(
    ({ recipients }) => recipients.includes('customer@example.com'),
    {
      signal: AbortSignal.timeout(5000),
    },
  );
  const link = linkIn(mail?.text ?? '');
  const password = (await secretOf(provider, link)) ?? '';
  const session = (await (await netboot.ask(new Request('http://10.0.2.4/session')))?.json()) as Record<
    string,
    string
  >;
  expect(session).toMatchObject({ hostName: 'WINRESCUEOVH', user: 'Administrator', password });
  expect(password).toMatch(/^[b-hj-knprstuvx]{16}$/i);

  const history = (await client.get('/me/notification/email/history')) as number[];
  const last = (await client.get(`/me/notification/email/history/${history.at(-1)}`)) as { body: string };
  expect(last.body).toContain(link);

  const [rdp] = (await client.post(`${PATH}/authenticationSecret`)) as { type: string; password: string }[];
  expect(rdp).toMatchObject({ type: 'RDP', user: 'Administrator' });
  expect(await client.post('/secret/retrieve', { id: rdp?.password })).toMatchObject({ secret: password });

  const everythingLogged = inspect([events, printed, provider.core], { depth: 12, maxArrayLength: null });
  expect(events.length).toBeGreaterThan(15);
  expect(everythingLogged).toContain('/1.0/secret/retrieve');
  expect(everythingLogged).not.toContain(password);
  expect(inspect([events, printed], { depth: 12 })).not.toContain(link.split('id=')[1]);
  expect(JSON.stringify(events)).not.toContain(rdp?.password);
});

test('the rescue mail goes to the address of the order, in the language of the account', async () => {
  await using provider = await start({ account: { language: 'de_DE' } });
  await provider.startNetboot(NAME, {
    files: { [WINDOWS_RESCUE]: { kernel: '/boot/k', initrd: [], commandLine: '' } },
  });
  await orderRescue(provider, { rescueMail: 'admin@example.net' });
  const mail = await provider.inbox?.waitFor(() => true, { signal: AbortSignal.timeout(5000) });
  expect(mail).toMatchObject({
    recipients: ['admin@example.net'],
    language: 'de',
    subject: `[${NAME}] Ihr Server ist im Rescue-Modus`,
  });
  expect(mail?.text).toContain('Passwort (diesen Link öffnen)');
  expect(mail?.html).toContain('<th align="left">Benutzername</th><td>Administrator</td>');
});

test('an undeliverable mail leaves a note, and can be read under the service mails', async () => {
  await using provider = await start();
  await provider.startNetboot(NAME, {
    files: { [WINDOWS_RESCUE]: { kernel: '/boot/k', initrd: [], commandLine: '' } },
  });
  provider.inbox?.refuseMailTo('customer@example.com');
  const bounced = provider.events.waitFor('mail-undeliverable');
  const { client } = await orderRescue(provider);
  expect((await bounced).note).toContain('No such mailbox: customer@example.com');
  const [id] = (await client.get('/me/notification/email/history')) as number[];
  const { body } = (await client.get(`/me/notification/email/history/${id}`)) as { body: string };
  expect(await secretOf(provider, linkIn(body))).toHaveLength(16);
});

test('mail can go to a mail server of your own', async () => {
  using clock = new LabClock();
  const mine = new Inbox(clock);
  await using smtp = await receiveMail(mine);
  await using provider = await start({ smtp: { host: smtp.host, port: smtp.port } });
  await provider.startNetboot(NAME, {
    files: { [WINDOWS_RESCUE]: { kernel: '/boot/k', initrd: [], commandLine: '' } },
  });
  await orderRescue(provider);
  const mail = await mine.waitFor(() => true, { signal: AbortSignal.timeout(5000) });
  expect(provider.inbox).toBeUndefined();
  expect(await secretOf(provider, linkIn(mail.text))).toHaveLength(16);
});

test('the same client works unmodified against the real address, intercepted', async () => {
  await using provider = await start();
  using _interception = provider.intercept();
  const { applicationKey, applicationSecret, consumerKey } = provider;
  const client = ovhClient({ appKey: applicationKey, appSecret: applicationSecret, consumerKey });
  expect(await client.get('/dedicated/server')).toEqual([NAME]);
});

test('/v1 is the same API', async () => {
  await using provider = await start();
  expect(await clientOf(provider, '/v1').get('/dedicated/server')).toEqual([NAME]);
});
