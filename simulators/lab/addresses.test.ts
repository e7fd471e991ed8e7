import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabClock, ovhClient } from '../provider';
import { readDiskBytes } from '../server';
import { type MachineContext, Session } from '../vm';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { describeLab } from './addresses';
import { readDiskSignature } from './boot-store';
import { NovaLab } from './nova-lab';
import { OvhLab } from './ovh-lab';
import { addressesContract } from './testing/addresses-contract';
import { makeSmallImages } from './testing/small-images';

const never = () => {
  throw new Error('No machine was switched on.');
};

it("the README's example has the members that programs may rely on", () => {
  const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
  const example = /```json\n([^`]+)```/.exec(readme)?.[1] ?? '';
  expect(addressesContract.parse(JSON.parse(example)).servers).toHaveLength(1);
});

describe.skipIf(!qemuAvailable)('the addresses of a lab', () => {
  let folder: string;
  let owned: AsyncDisposableStack;
  let ovh: OvhLab;
  let nova: NovaLab;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-lab-'));
    owned = new AsyncDisposableStack();
    const images = await makeSmallImages(folder);
    const session = owned.use(Session.start());
    const context: MachineContext = { session, accelerator: { kind: 'tcg', reason: 'tests' } };
    const disk = path.join(images.windowsServer2008R2Disk, 'disk.qcow2');
    const installed = { disk, firmware: 'bios' } as const;
    const clock = owned.use(new LabClock());
    const parts = { clock, images, installed, session, context, onEvent: () => undefined, onLost: never };
    ovh = owned.use(
      await OvhLab.start({
        ...parts,
        shelf: undefined,
        faults: [],
        consoleUrl: ({ token }) => `http://127.0.0.1:1/${token}`,
      }),
    );
    nova = owned.use(await NovaLab.start({ ...parts, shelf: undefined, consoleProxyUrl: () => undefined }));
  });
  afterEach(async () => {
    await owned.disposeAsync();
    rmSync(folder, { recursive: true, force: true });
  });

  const panel = 'http://127.0.0.1:1';

  it('keep the contract, with both servers switched off and apart from each other', () => {
    const lab = addressesContract.parse(describeLab('session-1', panel, ovh, nova));
    expect(lab).toMatchObject({ panel, session: 'session-1' });
    expect(lab.servers.map(({ provider, state }) => [provider, state])).toEqual([
      ['ovh', 'off'],
      ['nova', 'off'],
    ]);
    for (const key of ['name', 'address', 'mac', 'ssh', 'rdp', 'vnc'] as const) {
      expect(new Set(lab.servers.map((server) => server[key])).size).toBe(2);
    }
    for (const { address, ssh, rdp, vnc } of lab.servers) {
      for (const place of [ssh, rdp, vnc]) expect(place.startsWith(`${address}:`)).toBe(true);
    }
  });

  it('lead to an ovh API that takes the keys and knows the server', async () => {
    const { ovh: face, servers } = describeLab('session-1', panel, ovh, undefined);
    const { hostname: host, port } = new URL(face?.endpoint ?? '');
    const client = ovhClient({
      appKey: face?.applicationKey ?? '',
      appSecret: face?.applicationSecret ?? '',
      consumerKey: face?.consumerKey ?? '',
      endpoint: { host, port: Number(port) },
    });
    expect(await client.get('/dedicated/server')).toEqual(servers.map(({ name }) => name));
  });

  it('lead to a nova API that takes the password and knows instance, image and flavor', async () => {
    const { nova: face, servers } = describeLab('session-1', panel, undefined, nova);
    const project = { name: face?.project, domain: { name: 'Default' } };
    const user = { name: face?.username, password: face?.password, domain: { name: 'Default' } };
    const identity = { methods: ['password'], password: { user } };
    const login = await fetch(`${face?.authUrl}/auth/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ auth: { identity, scope: { project } } }),
    });
    expect(login.status).toBe(201);
    const { token } = (await login.json()) as {
      token: { catalog: { type: string; endpoints: { region: string; url: string }[] }[] };
    };
    const url = (type: string) =>
      token.catalog
        .find((service) => service.type === type)
        ?.endpoints.find(({ region }) => region === face?.region)?.url;
    const headers = { 'x-auth-token': login.headers.get('x-subject-token') ?? '' };
    const ask = async (address: string) => (await fetch(address, { headers })).json();
    expect(await ask(`${url('compute')}/servers`)).toMatchObject({ servers: [{ name: servers[0]?.name }] });
    const flavors = JSON.stringify(await ask(`${url('compute')}/flavors`));
    expect(flavors).toContain(JSON.stringify(face?.flavor));
  });

  it('leave out what belongs to a family that was not asked for', () => {
    const only = {
      ovh: describeLab('s', panel, ovh, undefined),
      nova: describeLab('s', panel, undefined, nova),
    };
    expect(Object.keys(only.ovh).sort()).toEqual(['control', 'mail', 'ovh', 'panel', 'servers', 'session']);
    expect(Object.keys(only.nova).sort()).toEqual(['control', 'nova', 'panel', 'servers', 'session']);
  });

  it('a broken boot configuration is another disk signature, and nothing else on the disk', async () => {
    const before = await readDiskBytes(ovh.systemDisk, 0, 512);
    expect(await readDiskSignature(ovh.systemDisk)).toBe('42d9decd');
    await ovh.changeDiskSignature();
    expect(await readDiskSignature(ovh.systemDisk)).not.toBe('42d9decd');
    const after = await readDiskBytes(ovh.systemDisk, 0, 512);
    before.copy(after, 0x1b8, 0x1b8, 0x1bc);
    expect(after.equals(before)).toBe(true);
  });
});
