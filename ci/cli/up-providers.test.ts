import { get } from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ovhClient } from '../../simulators/provider';
import { type NestedRun, RunPlace } from '../features/testing/nested-run';
import { nothing } from '../features/testing/traces';

/** From a signal to a machine without traces (ms). */
const CLEAN = 15_000;
const SERVER = '/dedicated/server/ns1111111.ip-203-0-113.eu';

interface Addresses {
  readonly ovh: {
    readonly endpoint: string;
    readonly https: { readonly endpoint: string; readonly certificate: string };
    readonly applicationKey: string;
    readonly applicationSecret: string;
    readonly consumerKey: string;
    readonly oauth2: { readonly clientId: string; readonly clientSecret: string; readonly tokenUrl: string };
    readonly accounts: readonly {
      readonly nichandle: string;
      readonly consumerKey: string;
      readonly servers: readonly string[];
    }[];
  };
  readonly nova?: {
    readonly authUrl: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly accounts: readonly { readonly username: string; readonly roles: string }[];
  };
  readonly rackspace?: { readonly authUrl: string; readonly username: string; readonly apiKey: string };
  readonly panel: string;
  readonly mail: { readonly smtp: string; readonly inbox: string };
  readonly control: string;
  readonly servers: readonly { readonly name: string }[];
}

describe('rescue-lab up --no-machines', () => {
  let place: RunPlace;
  beforeEach(() => {
    place = new RunPlace();
  });
  afterEach(() => place[Symbol.dispose]());

  async function up(...words: string[]): Promise<{ run: NestedRun; lab: Addresses }> {
    const run = place.startLab(['--no-machines', '--json', ...words]);
    await run.said(/^\{.*\}$/m);
    return { run, lab: JSON.parse(run.stdout) as Addresses };
  }

  const clientOf = ({ ovh }: Addresses, consumerKey = ovh.consumerKey) => {
    const { hostname: host, port } = new URL(ovh.endpoint);
    const { applicationKey: appKey, applicationSecret: appSecret } = ovh;
    return ovhClient({ appKey, appSecret, consumerKey, endpoint: { host, port: Number(port) } });
  };

  it('gives a real client a provider with servers of two customers, and leaves nothing on Ctrl-C', async () => {
    const { run, lab } = await up();
    expect(await clientOf(lab).get('/dedicated/server')).toHaveLength(3);
    const [, other] = lab.ovh.accounts;
    expect(await clientOf(lab, other?.consumerKey).get('/dedicated/server')).toEqual(other?.servers);
    for (const page of [lab.panel, lab.mail.inbox, lab.control])
      expect((await fetch(page)).status, page).toBe(200);
    expect((await fetch(lab.nova?.authUrl ?? '')).status).toBe(200);
    run.signal('SIGINT');
    expect(await run.ended).toBe(0);
    // What its cache keeps is meant to stay.
    const left = () => {
      const traces = place.traces();
      return { ...traces, files: traces.files.filter((file) => !file.startsWith('cache/')) };
    };
    await expect.poll(left, { timeout: CLEAN }).toEqual(nothing);
  });

  it("has a cloud that the openstack command finds by its environment, one in Rackspace's dialect, and a clock for both", async () => {
    const { lab } = await up('--family', 'nova', 'rackspace');
    const { authUrl, environment, accounts } = lab.nova ?? {};
    expect(environment).toMatchObject({ OS_AUTH_URL: authUrl, OS_PROJECT_NAME: 'rescue-lab' });
    expect(accounts?.map(({ roles }) => roles)).toEqual(['member, reader', 'reader', 'member, reader']);
    expect(lab.ovh).toBeUndefined();
    const { username, apiKey } = lab.rackspace ?? {};
    const auth = { 'RAX-KSKEY:apiKeyCredentials': { username, apiKey } };
    const signIn = () =>
      fetch(`${lab.rackspace?.authUrl}/tokens`, { method: 'POST', body: JSON.stringify({ auth }) });
    expect((await signIn()).status).toBe(200);
    await fetch(`${lab.control}/faults`, {
      method: 'POST',
      body: JSON.stringify({ fault: 'error-503:path=/identity/*' }),
    });
    expect((await signIn()).status).toBe(503);
    expect(lab.servers.map(({ name }) => name)).toEqual(['web-01', 'web-01']);
  });

  it('answers https at the same port, to those who trust its certificate', async () => {
    const { lab } = await up('--family', 'ovh');
    const { endpoint, certificate: ca } = lab.ovh.https;
    expect(endpoint).toBe(lab.ovh.endpoint.replace('http:', 'https:'));
    const status = await new Promise((resolve, reject) => {
      get(`${endpoint}/auth/time`, { ca }, (answer) => resolve(answer.resume().statusCode)).on(
        'error',
        reject,
      );
    });
    expect(status).toBe(200);
  });

  it('sends its mails to another server', async () => {
    const { lab: other } = await up('--family', 'ovh');
    const { lab } = await up('--family', 'ovh', '--smtp', other.mail.smtp);
    expect(lab.mail).toEqual({ smtp: other.mail.smtp });
    const client = clientOf(lab);
    await client.put(SERVER, { bootId: 46371, rescueMail: 'nadia@elsewhere.example' });
    await client.post(`${SERVER}/reboot`);
    const subjects = async () => {
      const mails = (await (await fetch(`${other.mail.inbox}.json`)).json()) as { subject: string }[];
      return mails.map(({ subject }) => subject);
    };
    await expect
      .poll(subjects, { timeout: CLEAN })
      .toEqual(['[ns1111111.ip-203-0-113.eu] Your server is in rescue mode']);
  });

  it('moves its clock and lets things go wrong on request', async () => {
    const { lab } = await up('--family', 'ovh', '--fault', 'mail-lost');
    const order = async (path: string, body: object) =>
      (await fetch(`${lab.control}${path}`, { method: 'POST', body: JSON.stringify(body) })).text();
    expect(JSON.parse(await order('/clock', { freeze: true }))).toMatchObject({
      frozen: true,
      faults: [{ kind: 'mail-lost' }],
    });
    const before = (await clientOf(lab).get('/auth/time')) as number;
    await order('/clock', { advance: '24h' });
    expect(await clientOf(lab).get('/auth/time')).toBe(before + 86_400);
    await order('/faults', { fault: 'error-503:path=/me' });
    await expect(clientOf(lab).get('/me')).rejects.toThrow('was answered 503: Service unavailable');
    await fetch(`${lab.control}/faults`, { method: 'DELETE' });
    expect(await clientOf(lab).get('/me')).toMatchObject({ nichandle: 'xx1111-ovh' });
    expect(await order('/faults', { fault: 'rain' })).toContain('There is no fault "rain". There are:\n');
    expect(await order('/clock', { back: '1h' })).toContain('Give the clock one of ');
  });

  it('orders the Windows rescue system with a token of a service account', async () => {
    const { lab } = await up('--family', 'ovh');
    const { clientId, clientSecret, tokenUrl } = lab.ovh.oauth2;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const answer = await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
    const { access_token } = (await answer.json()) as { access_token: string };
    const ask = async (method: string, path: string, body?: object) =>
      fetch(`${lab.ovh.endpoint}${path}`, {
        method,
        headers: { authorization: `Bearer ${access_token}` },
        ...(body && { body: JSON.stringify(body) }),
      });
    const ids = (await (await ask('GET', `${SERVER}/boot?bootType=rescue`)).json()) as number[];
    const boots = await Promise.all(
      ids.map(
        async (id) =>
          (await (await ask('GET', `${SERVER}/boot/${id}`)).json()) as { bootId: number; kernel: string },
      ),
    );
    const { bootId } = boots.find(({ kernel }) => kernel === 'rescue-customer-windows') ?? {};
    expect((await ask('PUT', SERVER, { bootId })).status).toBe(200);
    expect((await ask('POST', `${SERVER}/reboot`)).status).toBe(200);
    await expect
      .poll(async () => (await (await fetch(`${lab.mail.inbox}.json`)).json()) as unknown[], {
        timeout: 10_000,
      })
      .toHaveLength(1);
  });

  it('gives the same keys for the same seed', async () => {
    const first = await up('--family', 'ovh', '--seed', 'nadia');
    const second = await up('--family', 'ovh', '--seed', 'nadia');
    expect(second.lab.ovh.consumerKey).toBe(first.lab.ovh.consumerKey);
    expect((await up('--family', 'ovh')).lab.ovh.consumerKey).not.toBe(first.lab.ovh.consumerKey);
  });

  it('refuses a fault that there is not, with the list of those that there are', async () => {
    const run = place.startLab(['--no-machines', '--fault', 'rain']);
    expect(await run.ended).toBe(2);
    expect(run.output).toContain('There is no fault "rain". There are:');
    expect(run.output).toContain('reboot-without-effect');
  });
});
