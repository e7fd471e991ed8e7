import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImageStore, installedAdministrator, labRecipes } from '../../images';
import { addressesContract } from '../../simulators/lab/testing/addresses-contract';
import { ovhClient } from '../../simulators/provider';
import { type NestedRun, RunPlace } from '../features/testing/nested-run';
import { isMachine, nothing } from '../features/testing/traces';

const store = new ImageStore();
const built = labRecipes.every((recipe) => existsSync(join(store.directoryOf(recipe), 'manifest.json')));

/** From a signal to a machine without traces (ms). */
const CLEAN = 15_000;
/** A boot of both servers, beside other tests (ms). */
const BOOT = 240_000;

/** The first line that a server says by itself, such as an SSH or RFB server. */
function greeting(place: string): Promise<string> {
  const [host, port] = place.split(':');
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port) });
    socket.once('error', reject).once('data', (chunk) => {
      socket.destroy();
      resolve(String(chunk));
    });
  });
}

describe.skipIf(!built)('rescue-lab up', () => {
  let place: RunPlace;
  beforeEach(() => {
    place = new RunPlace();
  });
  afterEach(() => place[Symbol.dispose]());

  async function addressesOf(run: NestedRun) {
    await run.said(/^\{.*\}$/m);
    expect(run.stdout.split('\n')).toEqual([expect.stringMatching(/^\{.*\}$/), '']);
    return addressesContract.parse(JSON.parse(run.stdout));
  }

  async function isGone(run: NestedRun): Promise<void> {
    expect(run.output).toContain('taking the lab down.');
    await expect.poll(() => place.traces(), { timeout: CLEAN }).toEqual(nothing);
  }

  it(
    '--json prints one line once the servers run, answers at every address, and takes all down on Ctrl-C',
    async () => {
      const run = place.startLab(['--json'], { savedBoots: true });
      const lab = await addressesOf(run);
      const [dedicated, cloud] = lab.servers;
      expect(lab.servers.map(({ provider, state }) => [provider, state])).toEqual([
        ['ovh', 'on'],
        ['nova', 'on'],
      ]);
      for (const { vnc } of lab.servers) expect(await greeting(vnc)).toMatch(/^RFB 003/);
      expect(await greeting(cloud?.ssh ?? '')).toMatch(/^SSH-2.0-/);
      expect(await greeting(lab.mail.smtp)).toMatch(/^220 /);
      for (const page of [lab.panel, lab.mail.inbox]) expect((await fetch(page)).status).toBe(200);
      expect(await (await fetch(lab.panel)).text()).toContain(cloud?.address);
      expect((await fetch(lab.nova.authUrl)).status).toBe(200);
      const { hostname: host, port } = new URL(lab.ovh.endpoint);
      const client = ovhClient({
        appKey: lab.ovh.applicationKey,
        appSecret: lab.ovh.applicationSecret,
        consumerKey: lab.ovh.consumerKey,
        endpoint: { host, port: Number(port) },
      });
      expect(await client.get(`/dedicated/server/${dedicated?.name}`)).toMatchObject({
        ip: dedicated?.address,
        powerState: 'poweron',
      });
      run.signal('SIGINT');
      expect(await run.ended, run.output).toBe(0);
      await isGone(run);
    },
    BOOT,
  );

  it('--off leaves the servers switched off; for people it prints the same', async () => {
    const run = place.startLab(['--off', '--family', 'ovh'], { terminal: true });
    await run.said(/Ctrl-C takes everything down/);
    expect(run.stdout).toMatch(/^Server ns1111111\.ip-203-0-113\.eu \(ovh, power off\)/m);
    expect(run.stdout).toMatch(/^ {2}endpoint +http:\/\/127\.0\.0\.1:\d+\/1\.0\r?$/m);
    expect(run.stdout).toContain(installedAdministrator.password);
    expect(run.stdout).not.toContain('nova');
    run.type('\x03');
    expect(await run.ended, run.output).toBe(0);
    await isGone(run);
  }, 60_000);

  it.each<[string, NodeJS.Signals, number]>([
    ['Ctrl-C', 'SIGINT', 130],
    ['SIGTERM', 'SIGTERM', 143],
  ])(
    'is stopped by %s also while a server is booting: it prints no addresses and leaves nothing',
    async (_how, signal, code) => {
      const run = place.startLab(['--json', '--family', 'ovh']);
      await run.said(/booting towards boot-failure/);
      await expect
        .poll(() => place.traces().processes.some(isMachine), {
          timeout: CLEAN,
        })
        .toBe(true);
      run.signalGroup(signal);
      expect(await run.ended, run.output).toBe(code);
      expect(run.stdout).toBe('');
      expect(run.output).not.toMatch(/Error|failed/);
      await isGone(run);
    },
    60_000,
  );
});
