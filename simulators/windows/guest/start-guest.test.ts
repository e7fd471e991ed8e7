import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInstalledStore } from '../../disk/bcd';
import { createHive, parseHive } from '../../disk/regf';
import { mountedFiles } from '../shell';
import { httpSession } from './http-session';
import { parseMetaData } from './session-document';
import { type RunningGuest, startGuest } from './start-guest';
import { RescueGuest } from './testing/rescue-guest';
import { askShell } from './testing/socket-client';

const document = {
  hostName: 'WINRESCUEOVH',
  user: 'Administrator',
  password: 'Fresh-Pass-1',
  time: '2026-11-21T10:00:00.000Z',
  entropy: Buffer.from('seed').toString('base64'),
};

/** The provider's side: what it was asked, and what it answers. */
class Provider implements AsyncDisposable {
  readonly asked: string[] = [];
  answers: (number | 'hang' | 'garbage')[] = [];
  readonly server: Server = createServer((request, response) => {
    this.asked.push(`${request.method} ${request.url} ${request.headers.connection}`);
    const next = this.answers.shift() ?? 200;
    if (next === 'hang') return;
    const status = next === 'garbage' ? 200 : next;
    response.writeHead(status);
    response.end(next === 'garbage' ? 'no json' : status === 200 ? JSON.stringify(document) : undefined);
  });

  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

let setup: RescueGuest;
let provider: Provider;
let running: RunningGuest | undefined;

beforeEach(async () => {
  setup = await RescueGuest.prepare();
  provider = new Provider();
});
afterEach(async () => {
  await running?.[Symbol.asyncDispose]();
  running = undefined;
  await provider[Symbol.asyncDispose]();
  await setup[Symbol.asyncDispose]();
});

const source = (url: string) =>
  httpSession({ url, retryMs: 5, timeoutMs: 200, log: (text) => void setup.messages.push(text) });
const ask = (header: object, input?: string | Buffer) =>
  askShell(join(setup.folder, 'run/shell.sock'), header, input);
const login = async (user: string, password: string) =>
  (await ask({ kind: 'authenticate', user }, password)).exitCode;

describe('the shell socket', () => {
  beforeEach(async () => {
    running = await startGuest(setup.machine(), []);
  });

  it('runs a command with its exit code and its two streams', async () => {
    expect(await ask({ kind: 'exec', user: 'administrator', command: 'whoami & nosuch' })).toEqual({
      output: 'winrescueovh\\administrator\r\n',
      errors:
        "'nosuch' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
      exitCode: 1,
    });
  });

  it('hands the bytes of SFTP on as they are, to a server that is told the drives', async () => {
    const program = join(setup.folder, 'sftp-view');
    await writeFile(program, '#!/bin/sh\nprintf "%s " "$@"\ncat\nexit 3\n', { mode: 0o755 });
    const bytes = Buffer.from([0, 1, 13, 10, 0x80, 0xe4, 0xff, 26, 3]);
    const answer = await ask({ kind: 'exec', user: 'administrator', command: 'sftp-server.exe' }, bytes);
    const drives = `C ${join(setup.folder, 'c')} D ${join(setup.folder, 'd')}`;
    expect(answer).toEqual({
      output: `Administrator /C:/Users/Administrator ${drives} ${bytes.toString()}`,
      errors: '',
      exitCode: 3,
    });
    expect((await stat(join(setup.folder, 'c/Users/Administrator'))).isDirectory()).toBe(true);
  });

  it('runs an interactive shell in the profile folder, made at the first login', async () => {
    const { output, exitCode } = await ask(
      { kind: 'shell', user: 'administrator', columns: 200, rows: 25 },
      'echo hi\rexit 4\r',
    );
    expect(output).toContain('administrator@WINRESCUEOVH C:\\Users\\Administrator>echo hi\r\nhi\r\n');
    expect(exitCode).toBe(4);
    expect((await stat(join(setup.folder, 'c/Users/Administrator'))).isDirectory()).toBe(true);
  });

  it('takes the built-in administrator where nobody logged in', async () => {
    const { output } = await ask(
      { kind: 'shell', user: '', columns: 80, rows: 25 },
      'echo %USERNAME%\rexit\r',
    );
    expect(output).toContain('\r\nC:\\Users\\Administrator>echo %USERNAME%\r\nAdministrator\r\n');
  });

  it('answers bcdedit from the customer disk, quickly', async () => {
    const place = { kind: 'partition', style: 'mbr', signature: 0x1001, offsetBytes: 2 ** 20 } as const;
    const store = createInstalledStore({ systemPartition: place, windowsPartition: place });
    await writeFile(join(setup.folder, 'd/Boot/BCD'), store.serialize());
    const request = {
      kind: 'exec',
      user: 'Administrator',
      command: 'bcdedit /store d:\\boot\\bcd /enum all',
    };
    const { output } = await ask(request);
    expect(output).toContain('device                  partition=D:\r\n');
    const start = performance.now();
    for (let count = 0; count < 10; count++) await ask(request);
    // Some 5 ms each; a process per command would take ten times as long.
    expect((performance.now() - start) / 10).toBeLessThan(60);
  });

  it('feeds what the client sends to the program', async () => {
    const { output } = await ask(
      { kind: 'exec', user: 'Administrator', command: 'diskpart' },
      'list disk\nexit\n',
    );
    expect(output).toContain('  Disk 1    Online ');
    expect(output).toContain('Leaving DiskPart...');
  });

  it('checks passwords of enabled accounts, in any spelling of the name', async () => {
    expect(await login('administrator', 'old')).toBe(0);
    expect(await login('BACKUP', 'b4ckup\0')).toBe(0);
    expect(await login('Administrator', 'Old')).toBe(1);
    expect(await login('Guest', '')).toBe(1);
    expect(await login('nobody', 'old')).toBe(1);
  });

  it('says what is wrong with a request', async () => {
    const { errors, exitCode } = await ask({ kind: 'dance', user: 'x' });
    expect(errors).toContain('asks for "dance"');
    expect(exitCode).toBe(1);
  });

  it('is open to root only', async () => {
    expect((await stat(join(setup.folder, 'run/shell.sock'))).mode & 0o777).toBe(0o600);
  });
});

describe('the account files', () => {
  it('hold every enabled account, for sshd in both spellings, for RDP with its hash', async () => {
    running = await startGuest(setup.machine(), []);
    expect((await readFile(setup.passwd, 'utf8')).split('\n')).toEqual([
      'root:x:0:0:root:/root:/bin/bash',
      'sshd:x:101:65534::/run/sshd:/usr/sbin/nologin',
      'Administrator:x:0:0:stand-in account:/root:/usr/bin/standin-shell',
      'administrator:x:0:0:stand-in account:/root:/usr/bin/standin-shell',
      'Backup:x:0:0:stand-in account:/root:/usr/bin/standin-shell',
      'backup:x:0:0:stand-in account:/root:/usr/bin/standin-shell',
      '',
    ]);
    // MD4 of "old" in UTF-16LE, made with another program.
    expect(await readFile(setup.rdpSam, 'utf8')).toContain(
      'Administrator:::5c54b3ee4c8287d5a795c0a58fe8201a:::\n',
    );
  });

  it('follow a changed password and stay as they are otherwise', async () => {
    const machine = setup.machine();
    running = await startGuest(machine, []);
    const before = await readFile(setup.rdpSam, 'utf8');
    await Promise.all([
      machine.accounts.setPassword('backup', 'x'),
      machine.accounts.setPassword('administrator', 'y'),
    ]);
    const after = await readFile(setup.rdpSam, 'utf8');
    expect(after).not.toBe(before);
    expect(after.match(/^administrator:::/m)).not.toBeNull();
    expect((await readFile(setup.passwd, 'utf8')).match(/stand-in account/g)).toHaveLength(4);
    expect((await stat(setup.rdpSam)).mode & 0o777).toBe(0o600);
    expect([await login('Backup', 'x'), await login('Administrator', 'y')]).toEqual([0, 0]);
    await expect(machine.accounts.setPassword('nobody', 'x')).rejects.toThrow('no account "nobody"');
    await machine.accounts.setPassword('Backup', 'still works');
  });
});

describe('provisioning over HTTP', () => {
  it('asks until there is a document, applies it, and says that the password works', async () => {
    provider.answers = [204, 204, 'garbage', 503, 'hang', 200, 500, 204, 204, 200];
    running = await startGuest(setup.machine(source(await provider.start())), []);
    expect(await login('Administrator', 'old')).toBe(0);
    await running.provisioned;
    expect(setup.changes).toEqual([
      'clock 2026-11-21T10:00:00.000Z',
      'entropy 73656564',
      'host name WINRESCUEOVH',
    ]);
    expect(await login('Administrator', 'Fresh-Pass-1')).toBe(0);
    expect(await login('Administrator', 'old')).toBe(1);
    expect(provider.asked).toEqual([
      'GET /session close',
      ...Array.from({ length: 5 }, () => 'GET /session?settled close'),
      ...Array.from({ length: 2 }, () => 'POST /ready close'),
    ]);
    expect(setup.messages.join('\n')).toContain('answered 503');
  });

  it('goes on while nobody listens', async () => {
    const url = await provider.start();
    const { port } = new URL(url);
    await provider[Symbol.asyncDispose]();
    running = await startGuest(setup.machine(source(url)), []);
    await expect.poll(() => setup.messages.join()).toContain('ECONNREFUSED');
    provider = new Provider();
    await provider.start(Number(port));
    await running.provisioned;
    expect(provider.asked).toEqual(['GET /session?settled close', 'POST /ready close']);
  });

  it('renames the machine for those who log in afterwards', async () => {
    setup.host.hostName = 'STOCK';
    running = await startGuest(setup.machine(source(await provider.start())), []);
    await running.provisioned;
    expect((await ask({ kind: 'exec', user: 'Administrator', command: 'hostname' })).output).toBe(
      'WINRESCUEOVH\r\n',
    );
  });

  it('waits for the servers, and applies a document that is there before any part starts', async () => {
    const order: string[] = [];
    let listen = () => {};
    const servers = {
      follow: () =>
        new Promise<void>((resolve) => {
          listen = resolve;
        }),
    };
    const machine = { ...setup.machine(source(await provider.start())), servers };
    running = await startGuest(machine, [
      async ({ onProvisioned }) => {
        order.push(...setup.changes, 'part');
        onProvisioned(() => order.push('told'));
        return undefined;
      },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([provider.asked, order]).toEqual([[], []]);
    listen();
    await running.settled;
    expect(order.at(-2)).toBe('host name WINRESCUEOVH');
    expect(order.at(-1)).toBe('part');
  });

  it('starts the parts once, before it asks again, where the provider has nothing yet', async () => {
    provider.answers = [204, 204, 200];
    let asked: number | undefined;
    let started = 0;
    running = await startGuest(setup.machine(source(await provider.start())), [
      async () => {
        started += 1;
        asked = provider.asked.length;
        return undefined;
      },
    ]);
    await running.provisioned;
    await running.settled;
    expect([started, asked]).toEqual([1, 1]);
  });

  it('tells the parts, and says why it failed', async () => {
    let told = 0;
    provider.answers = [204];
    const machine = setup.machine(source(await provider.start()));
    running = await startGuest(machine, [
      async (guest) => void guest.onProvisioned(() => told++) as undefined,
    ]);
    await running.provisioned;
    expect(told).toBe(1);
    await running[Symbol.asyncDispose]();
    const broken = {
      ...machine,
      accounts: {
        ...setup.accounts(),
        list: async () => [],
        find: async () => undefined,
        onChange: () => {},
        logOn: async () => 'wrong-password' as const,
        setPassword: async () => {},
      },
    };
    running = await startGuest(
      { ...broken, session: source(`http://127.0.0.1:${(provider.server.address() as AddressInfo).port}`) },
      [],
    );
    await expect(running.provisioned).rejects.toThrow('there is no such account');
    expect(setup.messages.at(-1)).toContain(
      'Provisioning failed: The provider gave a password for "Administrator"',
    );
  });

  it("sets the password of a cloud's instance at its first start, and that of another instance again", async () => {
    const software = join(setup.folder, 'c/Windows/System32/config/SOFTWARE');
    await writeFile(software, createHive('ROOT').serialize());
    const start = async (instance: string, password: string) => {
      const given = parseMetaData(JSON.stringify({ uuid: instance, hostname: 'web', admin_pass: password }));
      running = await startGuest(
        setup.machine({ next: async () => ({ ...given, time: undefined }), ready: async () => {} }),
        [],
      );
      await running.provisioned;
    };
    await start('one', 'Gift3d!');
    expect(await login('Administrator', 'Gift3d!')).toBe(0);
    await running?.[Symbol.asyncDispose]();
    await setup.accounts().setPassword('Administrator', 'My-0wn!');
    await start('one', 'Gift3d!');
    expect(await login('Administrator', 'My-0wn!')).toBe(0);
    expect(setup.messages).toContain(
      'The password of this instance was set at its first start; the accounts keep theirs.',
    );
    await running?.[Symbol.asyncDispose]();
    await start('two', 'Other-1!');
    expect(await login('Administrator', 'Other-1!')).toBe(0);
    const hive = parseHive(new Uint8Array(await readFile(software)));
    expect(
      hive
        .key('Cloudbase Solutions\\Cloudbase-Init')
        ?.subkeys()
        .map(({ name }) => name),
    ).toEqual(['one', 'two']);
  });

  it('stops asking when the guest is stopped', async () => {
    provider.answers = Array.from({ length: 10_000 }, () => 204);
    running = await startGuest(setup.machine(source(await provider.start())), []);
    await expect.poll(() => provider.asked.length).toBeGreaterThan(2);
    await running[Symbol.asyncDispose]();
    await expect(running.provisioned).rejects.toThrow();
    expect(setup.messages.join()).not.toContain('Provisioning failed');
  });
});

describe('the programs', () => {
  it.each(['at-once', 'when-quiet'] as const)('are tried %s, and make no profile', async (warmUp) => {
    const order: string[] = [];
    const files = mountedFiles(setup.host);
    const stat = (path: string) => {
      // bcdedit looks for the system store.
      if (/\\Boot\\BCD$/.test(path)) order.push('bcdedit');
      return files.stat(path);
    };
    const machine = { ...setup.machine(), warmUp, files: { ...files, stat } };
    running = await startGuest(machine, [async () => void order.push('part') as undefined]);
    await running.settled;
    const expected = warmUp === 'at-once' ? ['bcdedit', 'part'] : ['part', 'bcdedit'];
    expect(order.filter((step, index) => step !== order[index - 1])).toEqual(expected);
    expect(setup.messages).toEqual([]);
    await expect(readdir(join(setup.folder, 'c/Users'))).rejects.toThrow('ENOENT');
  });
});

describe('a part', () => {
  it('that cannot start is an error, also where nobody waits for a session', async () => {
    running = await startGuest(setup.machine(), [() => Promise.reject(new Error('no font'))]);
    await expect(running.settled).rejects.toThrow('no font');
    expect(await login('Administrator', 'old')).toBe(0);
  });

  it('gets a shell for its screen, and is ended with the guest', async () => {
    let shown = '';
    let exited = false;
    let ended = false;
    running = await startGuest(setup.machine(), [
      async ({ openScreenShell }) => {
        const shell = openScreenShell('Administrator', 80, 25);
        shell.write(Buffer.from('cd \\\rexit\r'));
        shell.onOutput((output) => {
          shown += Buffer.from(output).toString();
        });
        shell.onExit(() => {
          exited = true;
        });
        return {
          [Symbol.dispose]() {
            ended = true;
          },
        };
      },
    ]);
    await expect.poll(() => exited).toBe(true);
    expect(shown).toContain('C:\\Users\\Administrator>cd \\\r\n\r\nC:\\>exit\r\n');
    expect(ended).toBe(false);
    await running[Symbol.asyncDispose]();
    expect(ended).toBe(true);
  });
});
