import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Session } from '../vm';
import { chooseWorkstation } from './choose-workstation';
import { existingImage } from './testing/existing-image';
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

test('a container without an image is refused', async () => {
  await expect(chooseWorkstation({ directory, flavour: 'container' })).rejects.toThrow(
    'The workstation cannot run in a container: no container image was named.',
  );
  expect(readdirSync(directory)).toEqual([]);
});

const docker = (...words: string[]) =>
  spawnSync('docker', words, { encoding: 'utf8', timeout: 5000 }).stdout?.trim() ?? '';
const containersOf = ({ id }: { readonly id: string }) =>
  docker('ps', '--all', '--quiet', '--filter', `label=rescue-lab.session=${id}`);

/** The lab's image where an engine has it, as after a run with one; another may be given. */
const image =
  process.env['RESCUE_LAB_WORKSTATION_IMAGE'] ||
  docker('image', 'ls', 'rescue-lab-workstation', '--format', '{{.Repository}}:{{.Tag}}').split('\n')[0];

describe.skipIf(!image)('the workstation in a container', () => {
  const wishes = () => ({ directory, image: existingImage(image!), flavour: 'container' }) as const;

  test('is not taken where the engine lacks the image', async () => {
    await using workstation = await chooseWorkstation({
      directory,
      image: existingImage('rescue-lab/not-there'),
    });
    expect(workstation.description).toBe(
      'programs of this host (the Docker engine has no image rescue-lab/not-there)',
    );
  });

  test('does what the one on the host does, and leaves nothing', async () => {
    await using server = await TestSshServer.listen('root', 'secret');
    await using session = Session.start();
    {
      const { environment } = session;
      await using workstation = await chooseWorkstation({ ...wishes(), environment, owner: session });
      expect(workstation.kind).toBe('container');
      expect(containersOf(session)).not.toBe('');
      await using ssh = workstation.ssh(target(server.port));
      expect(await ssh.tryLogin()).toEqual({ outcome: 'accepted' });
      expect(await ssh.exec('upper', { input: 'list disk\n' })).toMatchObject({
        stdout: 'LIST DISK\n',
        exitCode: 0,
      });
      await expect(ssh.exec('hang', { deadline: 1500 })).rejects.toThrow('did not end within 1500 ms');
      await using terminal = await ssh.interactive();
      await terminal.waitFor('C:\\>');
      terminal.sendLine('hello');
      await terminal.waitFor('You said hello.');
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
    expect(containersOf(session)).toBe('');
  }, 60_000);

  test('ends with a run that is killed', async () => {
    const runner = spawn(
      process.execPath,
      ['--require', 'ts-node/register', join(__dirname, 'testing/runner.ts'), image!],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: directory } },
    );
    try {
      const lines = createInterface({ input: runner.stdout })[Symbol.asyncIterator]();
      const { value } = await lines.next();
      const session = JSON.parse(String(value)) as { id: string; directory: string };
      expect(containersOf(session)).not.toBe('');
      runner.kill('SIGKILL');
      await expect.poll(() => existsSync(session.directory), { timeout: 20_000 }).toBe(false);
      expect(containersOf(session)).toBe('');
    } finally {
      runner.kill('SIGKILL');
    }
  }, 60_000);
});
