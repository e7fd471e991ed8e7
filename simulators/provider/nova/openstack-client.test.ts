import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { LabClock } from '../clock';
import { seededRandom } from '../random';
import { type NovaProvider, startNovaProvider } from './index';

const CLIENT = '/usr/bin/openstack';

/** Runs the real client of Debian's python3-openstackclient with nothing of the user's own settings. */
function openstack(nova: NovaProvider, ...command: string[]) {
  return execa(CLIENT, command, {
    reject: false,
    extendEnv: false,
    env: {
      PATH: '/usr/bin:/bin',
      HOME: '/nonexistent',
      LC_ALL: 'C.UTF-8',
      OS_IDENTITY_API_VERSION: '3',
      OS_AUTH_URL: nova.authUrl,
      OS_USERNAME: nova.username,
      OS_PASSWORD: nova.password,
      OS_PROJECT_NAME: nova.project,
      OS_USER_DOMAIN_NAME: 'Default',
      OS_PROJECT_DOMAIN_NAME: 'Default',
      OS_REGION_NAME: nova.region,
    },
  });
}

describe.skipIf(!existsSync(CLIENT))('the openstack client (package python3-openstackclient)', () => {
  test('lists, rescues, shows and unrescues a server', { timeout: 120_000 }, async () => {
    using clock = new LabClock();
    await using nova = await startNovaProvider({ clock, random: seededRandom('client') });
    const { id } = await nova.adopt({ name: 'web', addresses: { public: ['203.0.113.7'] } });

    const listed = await openstack(nova, 'server', 'list', '-f', 'json');
    expect(listed.stderr).toBe('');
    expect(JSON.parse(listed.stdout)).toEqual([
      {
        ID: id,
        Name: 'web',
        Status: 'ACTIVE',
        Networks: { public: ['203.0.113.7'] },
        Image: 'Windows Server (stand-in)',
        Flavor: '2 GB General Purpose',
      },
    ]);

    const entered = nova.instances.events.waitFor('changed', ({ vmState }) => vmState === 'rescued');
    const rescued = await openstack(
      nova,
      'server',
      'rescue',
      '--password',
      'Gift3d!',
      '--image',
      nova.image,
      'web',
    );
    expect([rescued.exitCode, rescued.stdout, rescued.stderr]).toEqual([0, '', '']);
    await entered;

    const shown = await openstack(nova, 'server', 'show', 'web', '-f', 'json');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      id,
      status: 'RESCUE',
      'OS-EXT-STS:vm_state': 'rescued',
    });

    const again = await openstack(nova, 'server', 'rescue', 'web');
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toMatch(
      new RegExp(
        `^Cannot 'rescue' instance ${id} while it is in vm_state rescued \\(HTTP 409\\) \\(Request-ID: req-[0-9a-f-]+\\)$`,
      ),
    );

    const left = nova.instances.events.waitFor('changed', ({ vmState }) => vmState === 'active');
    expect((await openstack(nova, 'server', 'unrescue', 'web')).exitCode).toBe(0);
    await left;
  });

  test('makes a server and deletes it, each waited for', { timeout: 120_000 }, async () => {
    using clock = new LabClock();
    await using nova = await startNovaProvider({ clock, random: seededRandom('client') });
    const { image, flavor } = nova;
    const made = await openstack(
      nova,
      ...['server', 'create', '--image', image, '--flavor', flavor, '--wait', '-f', 'json', 'shop'],
    );
    expect(made.stderr).toBe('');
    expect(JSON.parse(made.stdout)).toMatchObject({ name: 'shop', status: 'ACTIVE' });
    const deleted = await openstack(nova, 'server', 'delete', '--wait', 'shop');
    expect([deleted.exitCode, deleted.stderr]).toEqual([0, '']);
    expect(nova.instances.list()).toEqual([]);
  });

  test('opens a console address', { timeout: 120_000 }, async () => {
    using clock = new LabClock();
    const consoleProxyUrl = () => 'http://127.0.0.1:6080';
    await using nova = await startNovaProvider({ clock, random: seededRandom('client'), consoleProxyUrl });
    await nova.adopt({ name: 'web' });
    const shown = await openstack(nova, 'console', 'url', 'show', 'web', '-f', 'json');
    expect(shown.stderr).toBe('');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      type: 'novnc',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:6080\/vnc_auto\.html\?path=%3Ftoken%3D/),
    });
  });
});
