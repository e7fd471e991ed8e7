import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabClock } from '../clock';
import { startNovaProvider } from '../nova';
import { startOvhProvider } from '../ovh-provider';
import { seededRandom } from '../random';
import { type Panel, startConsoleProxy, startPanel } from './index';

const NAME = 'ns1111111.ip-203-0-113.eu';
const server = {
  name: NAME,
  ip: '203.0.113.100',
  mac: '52:54:00:12:34:56',
  os: 'win2022-std_64',
  memory: 8,
};

const stack = new AsyncDisposableStack();
let panel: Panel;
let ovh: Awaited<ReturnType<typeof startOvhProvider>>;

beforeAll(async () => {
  const clock = stack.use(new LabClock());
  const random = seededRandom('pages');
  const servers = [server, { ...server, name: 'ns2.example.net', state: 'hacked' as const, ipmi: false }];
  ovh = stack.use(await startOvhProvider({ clock, random, servers, windowsRescue: { refusal: 'change' } }));
  const nova = stack.use(await startNovaProvider({ clock, random }));
  await nova.adopt({ name: '<script>alert(1)</script>' });
  panel = stack.use(await startPanel({ ovh, nova }));
});
afterAll(() => stack.disposeAsync());

const get = (path: string, headers: Record<string, string> = {}) => fetch(panel.url + path, { headers });

const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(panel.url + path, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    headers,
  });

test.each([
  ['/', { 'accept-language': 'fr-CA,de;q=0.8' }, 'fr'],
  ['/', { 'accept-language': 'it, de;q=0.5, en;q=0.4' }, 'de'],
  ['/', { 'accept-language': 'it' }, 'en'],
  ['/', { 'accept-language': 'fr', cookie: 'a=b; lang=de' }, 'de'],
  ['/?lang=en', { 'accept-language': 'fr', cookie: 'lang=de' }, 'en'],
  ['/?lang=xx', { 'accept-language': 'fr;q=0, de' }, 'de'],
])('%s with %j is answered in %s', async (path, headers, language) => {
  const response = await get(path, headers);
  expect(response.headers.get('content-language')).toBe(language);
  expect(await response.text()).toContain(`<html lang="${language}">`);
});

test('a language asked for in the address is remembered', async () => {
  expect((await get('/?lang=de')).headers.get('set-cookie')).toBe('lang=de; Path=/; SameSite=Lax');
  expect((await get('/')).headers.get('set-cookie')).toBeNull();
});

test('names are text, never markup', async () => {
  const page = await (await get('/')).text();
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toContain('<script>alert');
});

test.each([
  ['/dedicated/ns9.example.net', 'This service does not exist'],
  ['/cloud/nobody', 'Instance nobody could not be found.'],
  ['/nowhere', 'There is no such page.'],
  ['/assets/..%2Frender.ts', 'There is no such file.'],
])('%s is a page that says why there is none', async (path, reason) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain(reason);
});

test('a form of another site does nothing', async () => {
  const response = await send(`/dedicated/${NAME}/reboot`, {}, { origin: 'http://evil.example' });
  expect(response.status).toBe(403);
  expect(ovh.core.tasks.list(NAME)).toEqual([]);
});

test("a refused netboot stays on the page, with the API's own words, and changes nothing", async () => {
  const { bootId } = ovh.core
    .bootList(ovh.core.server(NAME))
    .find(({ kernel }) => kernel === 'rescue-customer-windows') as { bootId: number };
  const form = { type: 'rescue', bootId: String(bootId), authentication: 'password', rescueMail: '' };
  const response = await send(`/dedicated/${NAME}/netboot`, form);
  expect(response.status).toBe(400);
  const page = await response.text();
  expect(page).toContain(`An error has occurred updating the netboot on the ${NAME} server: `);
  expect(page).toContain('16 GB');
  expect(ovh.core.server(NAME).bootId).toBe(1);
});

test('an impossible e-mail address is shown as invalid', async () => {
  const query = new URLSearchParams({ type: 'rescue', bootId: '46371', rescueMail: 'nobody' });
  const response = await get(`/dedicated/${NAME}/netboot/summary?${query}`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('<span class="problem" id="mail-problem">Invalid</span>');
});

test('a second restart is refused without a reason', async () => {
  const first = await send(`/dedicated/${NAME}/reboot`, {});
  expect(first.headers.get('location')).toMatch(new RegExp(`^/dedicated/${NAME}\\?notice=reboot&task=\\d+$`));
  const second = await send(`/dedicated/${NAME}/reboot`, {});
  const page = await (await get(second.headers.get('location') ?? '')).text();
  expect(page).toContain('An error has occurred processing the reboot request.');
});

test('a hacked server says so, and its netboot cannot be edited', async () => {
  const page = await (await get('/dedicated/ns2.example.net')).text();
  expect(page).toContain('switched to FTP rescue mode');
  expect(page).toContain('<a aria-disabled="true" role="link">Edit</a>');
  expect(await (await get('/dedicated/ns2.example.net/ipmi')).text()).toContain(
    'does not have an IPMI module',
  );
});

test('a panel without clouds or dedicated servers has no pages of them', async () => {
  await using bare = await startPanel({});
  expect((await fetch(`${bare.url}/cloud/x`)).status).toBe(404);
  expect((await fetch(`${bare.url}/emails`)).status).toBe(404);
  expect((await fetch(bare.url)).status).toBe(200);
});

test('a panel of a Rackspace cloud signs in with the API key, and again when its token ran out', async () => {
  using clock = new LabClock();
  await using nova = await startNovaProvider({ clock, random: seededRandom('dfw'), dialect: 'rackspace' });
  await nova.adopt({ name: 'dfw-web' });
  await using cloud = await startPanel({ nova });
  expect(await (await fetch(cloud.url)).text()).toContain('dfw-web');
  await clock.advance(25 * 3_600_000);
  expect(await (await fetch(cloud.url)).text()).toContain('dfw-web');
});

test('the console proxy serves noVNC and nothing beside it, and opens no console without a token', async () => {
  await using consoles = await startConsoleProxy();
  consoles.add((token) => (token === 'good' ? '127.0.0.1:1' : undefined));
  expect(consoles.urlFor('a b')).toBe(`${consoles.url}/vnc_auto.html?path=%3Ftoken%3Da%20b`);
  expect((await fetch(`${consoles.url}/novnc/core/rfb.js`)).status).toBe(200);
  expect((await fetch(`${consoles.url}/novnc/core/nothing.js`)).status).toBe(404);
  expect((await fetch(`${consoles.url}/novnc/package.json`)).status).toBe(404);
  expect((await fetch(`${consoles.url}/novnc/core/..%2f..%2fpackage.json`)).status).toBe(404);
  const closed = (token: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`${consoles.url.replace('http', 'ws')}/?token=${token}`);
      socket.addEventListener('close', ({ code, reason }) => resolve(`${code} ${reason}`.trim()));
    });
  expect(await closed('bad')).toBe('1006');
  expect(await closed('good')).toBe('1011 The console at 127.0.0.1:1 does not answer.');
});
