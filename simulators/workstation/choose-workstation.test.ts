import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseWorkstation } from './choose-workstation';
import { TestSshServer } from './testing/ssh-server';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rl-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const target = (port: number) => ({ host: '127.0.0.1', port, user: 'root', password: 'secret' });

test('without an image the programs are those of this host, and no file is left', async () => {
  await using server = await TestSshServer.listen('root', 'secret');
  {
    await using workstation = await chooseWorkstation({ directory });
    expect([workstation.kind, workstation.description]).toEqual([
      'host',
      'programs of this host (no container image was named)',
    ]);
    expect(await workstation.ssh(target(server.port)).exec('ver')).toMatchObject({ stdout: 'ran ver\n' });
    expect(readdirSync(directory)).toHaveLength(1);
  }
  expect(readdirSync(directory)).toEqual([]);
});

test('an engine that does not answer leads to the host, or to an error where a container was asked for', async () => {
  const before = process.env['DOCKER_HOST'];
  process.env['DOCKER_HOST'] = `unix://${directory}/no-engine.sock`;
  try {
    await using workstation = await chooseWorkstation({ directory, image: 'rescue-lab/workstation' });
    expect(workstation.description).toMatch(/^programs of this host \(no Docker engine answered: /);
    await expect(chooseWorkstation({ directory, image: 'x', flavour: 'container' })).rejects.toThrow(
      'The workstation cannot run in a container: no Docker engine answered: ',
    );
  } finally {
    if (before === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = before;
  }
});

test('a container without an image is refused', async () => {
  await expect(chooseWorkstation({ directory, flavour: 'container' })).rejects.toThrow(
    'A workstation in a container needs an image',
  );
  expect(readdirSync(directory)).toEqual([]);
});

/** Name of a local image with openssh-client, freerdp2-x11, xvfb and chromium; the container flavour is proved where one is given, with a running engine. */
const image = process.env['RESCUE_LAB_WORKSTATION_IMAGE'];

describe.skipIf(image === undefined)('the workstation in a container', () => {
  test('is not taken where the engine lacks the image', async () => {
    await using workstation = await chooseWorkstation({ directory, image: 'rescue-lab/not-there' });
    expect(workstation.description).toBe(
      'programs of this host (the Docker engine has no image rescue-lab/not-there)',
    );
  });

  test('does what the one on the host does, and leaves nothing', async () => {
    await using server = await TestSshServer.listen('root', 'secret');
    {
      await using workstation = await chooseWorkstation({ directory, image: image!, flavour: 'container' });
      expect(workstation.kind).toBe('container');
      await using ssh = workstation.ssh(target(server.port));
      expect(await ssh.tryLogin()).toEqual({ outcome: 'accepted' });
      expect(await ssh.exec('upper', { input: 'list disk\n' })).toMatchObject({
        stdout: 'LIST DISK\n',
        exitCode: 0,
      });
      await expect(ssh.exec('hang', { deadline: 1500 })).rejects.toThrow('did not end within 1500 ms');
      await using session = await ssh.interactive();
      await session.waitFor('C:\\>');
      session.sendLine('hello');
      await session.waitFor('You said hello.');
      const wrong = workstation.ssh({ ...target(server.port), password: 'guessed' });
      expect(await wrong.tryLogin()).toMatchObject({ outcome: 'refused' });
      // An SSH server is no RDP server: the client runs, and says so.
      expect(await workstation.rdp(target(server.port)).tryLogin()).toMatchObject({ outcome: 'unreachable' });
      await using opened = await workstation.browser();
      const page = await opened.browser.newPage();
      await page.goto('data:text/html,<h1>Your server</h1>');
      expect(await page.getByRole('heading').textContent()).toBe('Your server');
    }
    expect(readdirSync(directory)).toEqual([]);
  }, 60_000);
});
