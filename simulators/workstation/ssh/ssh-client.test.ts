import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HostPrograms } from '../programs/host-programs';
import { SERVED_FILE, TestSshServer } from '../testing/ssh-server';
import { SshClient } from './ssh-client';

const USER = 'Administrator';
const PASSWORD = `p'a"s $s\\w0rd`;

describe('the SSH client', () => {
  let directory: string;
  let programs: HostPrograms;
  let server: TestSshServer;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'ssh-'));
    programs = new HostPrograms(directory, {}, 'test');
    server = await TestSshServer.listen(USER, PASSWORD);
  });
  afterEach(async () => {
    await programs[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true });
  });

  const client = (password = PASSWORD, port = server.port) =>
    new SshClient(programs, { host: '127.0.0.1', port, user: USER, password }, 'client');

  test('tells a right password from a wrong one', async () => {
    await using right = client();
    expect(await right.tryLogin()).toEqual({ outcome: 'accepted' });
    expect(server.logins).toBe(1);
  });

  test('says that a wrong password was refused, without saying it', async () => {
    await using wrong = client('guessed');
    const outcome = await wrong.tryLogin();
    expect(outcome).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('Permission denied'),
    });
    expect(JSON.stringify(outcome)).not.toContain('guessed');
  });

  test('tells the key by which the server is known', async () => {
    await using known = client();
    expect(await known.hostKey()).toBe(server.hostKey);
  });

  test('says that nothing listens', async () => {
    const { port } = server;
    await server[Symbol.asyncDispose]();
    await using nobody = client(PASSWORD, port);
    expect(await nobody.tryLogin()).toMatchObject({
      outcome: 'unreachable',
      detail: expect.stringContaining('Connection refused'),
    });
    server = await TestSshServer.listen(USER, PASSWORD);
  });

  test('gives up on a server that accepts and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => silent.once('listening', resolve));
      await using waiting = client(PASSWORD, (silent.address() as { port: number }).port);
      expect(await waiting.tryLogin({ deadline: 300 })).toMatchObject({
        outcome: 'unreachable',
        detail: expect.stringContaining('no answer to the login within 300 ms'),
      });
    } finally {
      silent.close();
    }
  });

  test('runs commands over one login, with input, output and exit codes', async () => {
    await using ssh = client();
    expect(await ssh.exec('ver')).toEqual({ exitCode: 0, stdout: 'ran ver\n', stderr: '' });
    expect(await ssh.exec('upper', { input: 'list disk\n' })).toMatchObject({ stdout: 'LIST DISK\n' });
    expect(await ssh.exec('fail 255')).toEqual({ exitCode: 255, stdout: '', stderr: 'that went wrong\n' });
    expect(server.logins).toBe(1);
  });

  test('logs in again after the server closed the connection', async () => {
    await using ssh = client();
    await ssh.exec('ver');
    await server.dropConnections();
    // The client may not have seen the end of the connection yet; then this command breaks, and the next does not.
    const result = await ssh.exec('ver').catch((error: Error) => {
      expect(error.message).toContain(
        `The connection to ${USER}@127.0.0.1:${server.port} broke while "ver" ran.`,
      );
      return ssh.exec('ver');
    });
    expect(result).toMatchObject({ exitCode: 0 });
    expect(server.logins).toBe(2);
  });

  test('a command that does not end fails with its name and the time', async () => {
    await using ssh = client();
    await expect(ssh.exec('hang', { deadline: 1000 })).rejects.toThrow(
      `"hang" on ${USER}@127.0.0.1:${server.port} did not end within 1000 ms.`,
    );
  });

  test('a terminal takes keys and waits for text through control sequences', async () => {
    await using ssh = client();
    await using session = await ssh.interactive();
    await session.waitFor('C:\\>');
    session.sendLine('hello');
    expect(await session.waitFor(/You said (\w+)\./)).toContain('You said hello.');
    // The first prompt was consumed: this is the second.
    await session.waitFor('C:\\>');
    session.sendLine('exit');
    expect(await session.ended).toBe(3);
  });

  test('a terminal can have a connection of its own', async () => {
    await using ssh = client();
    await using shared = await ssh.interactive();
    await shared.waitFor('C:\\>');
    await using own = await ssh.interactive({ ownConnection: true });
    await own.waitFor('C:\\>');
    own.sendLine('hello');
    await own.waitFor('You said hello.');
    expect(server.logins).toBe(2);
  });

  test('a text that does not come is missed with what was seen instead', async () => {
    await using ssh = client();
    await using session = await ssh.interactive();
    await session.waitFor('C:\\>');
    session.sendLine(PASSWORD);
    await session.waitFor('You said');
    await expect(session.waitFor(/DISKPART>/, { deadline: 500 })).rejects.toThrow(
      /^The terminal did not show \/DISKPART>\/ before 500 ms passed\. Since the last match it showed: " \*{8}\./,
    );
    session.sendLine('exit');
    await expect(session.waitFor('DISKPART')).rejects.toThrow('before the shell ended with 3');
  });

  test('fetches a file with every byte, and quotes what sftp says of one that is not there', async () => {
    await using ssh = client();
    expect(await ssh.download(SERVED_FILE.path)).toEqual(SERVED_FILE.bytes);
    await expect(ssh.download('/C:/nowhere.bin')).rejects.toThrow(
      /^sftp on Administrator@127\.0\.0\.1:\d+ ended with code 1: [\s\S]*\/C:\/nowhere\.bin[\s\S]*not found/,
    );
    expect(server.logins).toBe(1);
  });

  test('the password stands in no command line, and nothing is left running', async () => {
    {
      await using ssh = client();
      await ssh.exec('ver');
      const lines = ownSshProcesses(directory);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.join('\n')).not.toContain(PASSWORD);
    }
    expect(ownSshProcesses(directory)).toEqual([]);
  });
});

/** Command lines of running processes that name the folder. */
function ownSshProcesses(directory: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(directory));
}
