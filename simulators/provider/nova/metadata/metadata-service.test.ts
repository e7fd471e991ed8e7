import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabClock } from '../../clock';
import { seededRandom } from '../../random';
import type { Instance } from '../compute/instance';
import { type NovaProvider, startNovaProvider } from '../index';
import { type MetadataService, startMetadataService } from './metadata-service';

const clock = new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true });

let folder: string;
let nova: NovaProvider;
let instance: Instance;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'metadata-'));
  nova = await startNovaProvider({ clock, random: seededRandom('metadata') });
  instance = await nova.adopt({
    name: 'web-01',
    metadata: { role: 'web' },
    userData: Buffer.from('#cloud-config\n').toString('base64'),
    addresses: { public: ['203.0.113.7', '2001:db8::7'] },
  });
});
afterEach(async () => {
  await nova[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

describe('the metadata service of one instance', () => {
  let service: MetadataService;
  let known: Instance | undefined;
  beforeEach(async () => {
    known = instance;
    service = await startMetadataService({
      clock,
      access: () => known && nova.metadata.accessOf(known),
      socketPath: path.join(folder, 'sock'),
    });
  });
  afterEach(() => service[Symbol.asyncDispose]());

  function ask(
    target: string,
    method = 'GET',
    text = '',
  ): Promise<{ status: number; date: string; body: string }> {
    return new Promise((resolve, reject) => {
      request({ socketPath: path.join(folder, 'sock'), path: target, method }, async (answer) => {
        let body = '';
        for await (const chunk of answer) body += chunk;
        resolve({ status: answer.statusCode ?? 0, date: answer.headers.date ?? '', body });
      })
        .on('error', reject)
        .end(text);
    });
  }

  it('tells an instance who it is, and never a password', async () => {
    const { status, body } = await ask('/openstack/latest/meta_data.json');
    expect(status).toBe(200);
    const { random_seed, ...rest } = JSON.parse(body);
    expect(Buffer.from(random_seed, 'base64')).toHaveLength(512);
    expect(rest).toEqual({
      uuid: instance.id,
      name: 'web-01',
      hostname: 'web-01',
      project_id: nova.projectId,
      launch_index: 0,
      availability_zone: 'nova',
      meta: { role: 'web' },
      devices: [],
      dedicated_cpus: [],
    });
  });

  it.each([
    [
      '/openstack',
      '2012-08-10\n2013-04-04\n2013-10-17\n2015-10-15\n2016-06-30\n2016-10-06\n2017-02-22\n2018-08-27\n2020-10-14\nlatest',
    ],
    ['/openstack/2012-08-10', 'meta_data.json\nuser_data'],
    [
      '/openstack/latest/',
      'meta_data.json\nuser_data\npassword\nvendor_data.json\nnetwork_data.json\nvendor_data2.json',
    ],
    ['/openstack/latest/user_data', '#cloud-config\n'],
    ['/openstack/latest/vendor_data.json', '{}'],
    [
      '/',
      '1.0\n2007-01-19\n2007-03-01\n2007-08-29\n2007-10-10\n2007-12-15\n2008-02-01\n2008-09-01\n2009-04-04\nlatest',
    ],
    ['/latest', 'meta-data/\nuser-data'],
    [
      '/1.0/meta-data',
      'ami-id\nami-launch-index\nami-manifest-path\nhostname\ninstance-id\nlocal-ipv4\nreservation-id\nsecurity-groups',
    ],
    ['/latest/meta-data/local-ipv4', '203.0.113.7'],
    ['/latest/meta-data/placement/', 'availability-zone'],
    ['/latest/meta-data/placement/availability-zone', 'nova'],
    ['/2009-04-04/meta-data/instance-type', '2 GB General Purpose'],
    ['/ec2/latest/user-data', '#cloud-config\n'],
  ])('%s', async (target, body) => {
    expect(await ask(target)).toMatchObject({ status: 200, body });
  });

  it.each([
    '/openstack/1999-01-01/meta_data.json',
    '/openstack/2012-08-10/network_data.json',
    '/openstack/2012-08-10/password',
    '/1.0/meta-data/placement',
    '/latest/meta-data/local-ipv4/more',
    '/session',
    '/%zz',
  ])('%s is not there', async (target) => {
    expect((await ask(target)).status).toBe(404);
  });

  it('has a link for each network, whose addresses come by DHCP', async () => {
    const { body } = await ask('/openstack/latest/network_data.json');
    expect(JSON.parse(body)).toMatchObject({
      links: [{ id: 'interface0', type: 'ovs', ethernet_mac_address: expect.stringMatching(/^fa:16:3e/) }],
      networks: [
        { id: 'network0', type: 'ipv4_dhcp', link: 'interface0' },
        { id: 'network1', type: 'ipv6_dhcp', link: 'interface0' },
      ],
    });
  });

  it('takes an encrypted password from the guest, once, and shows it to the guest', async () => {
    const target = '/openstack/latest/password';
    expect(await ask(target)).toMatchObject({ status: 200, body: '' });
    expect((await ask(target, 'POST', 'x'.repeat(1021))).status).toBe(400);
    expect((await ask(target, 'POST', 'c2VjcmV0')).status).toBe(200);
    expect((await ask(target, 'POST', 'again')).status).toBe(409);
    expect(await ask(target)).toMatchObject({ status: 200, body: 'c2VjcmV0' });
    expect(instance.encryptedPassword).toBe('c2VjcmV0');
    expect((await ask(target, 'PUT')).status).toBe(400);
  });

  it("has the lab's time in its Date header", async () => {
    const { date } = await ask('/openstack');
    expect(date).toBe('Sun, 01 Mar 2026 12:00:00 GMT');
  });

  it('asks for patience while it is held or the instance is not there yet, and says who asked', async () => {
    const heard: unknown[] = [];
    service.events.on('asked', (event) => heard.push(event));
    const hold = service.hold();
    expect((await ask('/openstack/latest/meta_data.json?settled')).status).toBe(503);
    hold[Symbol.dispose]();
    expect((await ask('/openstack/latest/meta_data.json')).status).toBe(200);
    known = undefined;
    expect((await ask('/openstack/latest/meta_data.json')).status).toBe(503);
    expect(heard).toEqual([
      { answered: false, settled: true },
      { answered: true, settled: false },
      { answered: false, settled: false },
    ]);
  });
});

describe('the metadata API behind proxies', () => {
  const signed = (id: string) => createHmac('sha256', nova.metadata.sharedSecret).update(id).digest('hex');
  const ask = async (headers: Record<string, string>) => {
    const answer = await fetch(`${nova.metadata.url}/openstack/latest/meta_data.json`, { headers });
    return { status: answer.status, text: (await answer.text()).trim() };
  };

  it('tells an instance of the project that the proxy names, and nobody else', async () => {
    const { id } = instance;
    const asked = {
      'x-instance-id': id,
      'x-instance-id-signature': signed(id),
      'x-tenant-id': nova.projectId,
    };
    expect(JSON.parse((await ask(asked)).text)).toMatchObject({ uuid: id });
    expect((await ask({ ...asked, 'x-tenant-id': 'another' })).status).toBe(404);
    expect(await ask({ ...asked, 'x-instance-id-signature': signed('another') })).toEqual({
      status: 403,
      text: 'Invalid proxy request signature.',
    });
    expect(await ask({ 'x-instance-id': id })).toEqual({
      status: 400,
      text: 'X-Instance-ID-Signature header is missing from request.',
    });
    expect(await ask({})).toEqual({ status: 400, text: 'X-Instance-ID header is missing from request.' });
  });
});

it('has a config drive with all documents of all versions, and the password on it only', () => {
  const files = nova.metadata.configDriveOf(instance, 'Gift3d!');
  expect([...files.keys()].filter((name) => name.startsWith('ec2/'))).toEqual([
    'ec2/2009-04-04/meta-data.json',
    'ec2/2009-04-04/user-data',
    'ec2/latest/meta-data.json',
    'ec2/latest/user-data',
  ]);
  expect([...files.keys()].filter((name) => name.startsWith('openstack/latest/')).sort()).toEqual([
    'openstack/latest/meta_data.json',
    'openstack/latest/network_data.json',
    'openstack/latest/user_data',
    'openstack/latest/vendor_data.json',
    'openstack/latest/vendor_data2.json',
  ]);
  for (const version of ['2012-08-10', '2020-10-14', 'latest']) {
    const document = JSON.parse(String(files.get(`openstack/${version}/meta_data.json`)));
    expect(document).toMatchObject({ uuid: instance.id, hostname: 'web-01', admin_pass: 'Gift3d!' });
  }
});
