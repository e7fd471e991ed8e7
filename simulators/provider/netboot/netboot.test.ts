import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PhysicalServer } from '../physical-server';
import { bootIdOf, SERVER_NAME, startTestProvider, WINDOWS_SERVER } from '../testing';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netboot-'));
  await writeFile(join(folder, 'vmlinuz'), 'kernel bytes');
  await writeFile(join(folder, 'initrd.gz'), 'initrd bytes');
});
afterEach(() => rm(folder, { recursive: true }));

/** Hardware that does nothing by itself: the test plays firmware and guest over the socket. */
class Switch implements PhysicalServer {
  power: 'on' | 'off' = 'on';
  readonly console = undefined;
  readonly lostDisks = new Set<number>();
  loseDisk(number: number) {
    this.lostDisks.add(number);
  }
  async powerOn() {
    this.power = 'on';
  }
  async powerOff() {
    this.power = 'off';
  }
  async hardReset() {
    this.power = 'on';
  }
}

async function open(bootMode: 'legacy' | 'uefi' = 'legacy') {
  const provider = await startTestProvider({
    servers: [{ ...WINDOWS_SERVER, bootMode, hardware: new Switch() }],
  });
  const socketPath = join(folder, 'netboot.sock');
  const netboot = await provider.startNetboot(SERVER_NAME, {
    socketPath,
    files: {
      'rescue-customer-windows': {
        kernel: join(folder, 'vmlinuz'),
        initrd: [join(folder, 'initrd.gz')],
        commandLine: 'console=ttyS0 quiet',
      },
    },
  });
  const ask = (path: string, method = 'GET') =>
    new Promise<{ status: number | undefined; text: string; length: string | undefined }>(
      (resolve, reject) => {
        httpRequest({ socketPath, path, method, headers: { host: '10.0.2.4' } }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode, text, length: response.headers['content-length'] }),
          );
        })
          .on('error', reject)
          .end();
      },
    );
  const server = provider.core.server(SERVER_NAME);
  const choose = (kernel: string) => provider.core.change(server, { bootId: bootIdOf(provider, kernel) });
  const reboot = async () => {
    const started = provider.events.waitFor('boot-started');
    const task = provider.core.reboot(server);
    await started;
    return task;
  };
  return {
    provider,
    netboot,
    server,
    ask,
    choose,
    reboot,
    [Symbol.asyncDispose]: () => provider[Symbol.asyncDispose](),
  };
}

test('from the disk: the script goes on to it, and the installed system has no session', async () => {
  await using lab = await open();
  expect((await lab.ask('/boot.ipxe')).text).toBe('#!ipxe\nsanboot --no-describe --drive 0x80 || exit\n');
  expect((await lab.ask('/session')).status).toBe(204);
  expect((await lab.ask('/ready', 'POST')).status).toBe(204);
  expect(lab.server.boot?.ready).toBe(false);
});

test('UEFI goes on to the disk by leaving the netboot', async () => {
  await using lab = await open('uefi');
  expect((await lab.ask('/boot.ipxe')).text).toBe('#!ipxe\nexit\n');
});

test('into the rescue system: script, files, session, ready, and then the task is done and the mail sent', async () => {
  await using lab = await open();
  lab.choose('rescue-customer-windows');
  const task = await lab.reboot();
  expect((await lab.ask('/boot.ipxe')).text).toBe(
    [
      '#!ipxe',
      'kernel http://10.0.2.4/files/rescue-customer-windows/kernel initrd=initrd.0 console=ttyS0 quiet',
      'initrd --name initrd.0 http://10.0.2.4/files/rescue-customer-windows/initrd.0',
      'boot',
      '',
    ].join('\n'),
  );
  expect(await lab.ask('/files/rescue-customer-windows/kernel')).toEqual({
    status: 200,
    text: 'kernel bytes',
    length: '12',
  });
  expect((await lab.ask('/files/rescue-customer-windows/initrd.0')).text).toBe('initrd bytes');
  expect((await lab.ask('/files/rescue-customer-windows/..%2Fvmlinuz')).status).toBe(404);
  expect(task.status).toBe('doing');
  expect(lab.provider.inbox?.mails).toEqual([]);

  const { text } = await lab.ask('/session');
  const session = JSON.parse(text) as Record<string, string>;
  expect(Object.keys(session).sort()).toEqual(['entropy', 'hostName', 'password', 'time', 'user']);
  expect(Buffer.from(session['entropy'] ?? '', 'base64')).toHaveLength(32);

  const sent = lab.provider.events.waitFor('mail-sent');
  await lab.ask('/ready', 'POST');
  expect((await sent).to).toBe('customer@example.com');
  expect(task.status).toBe('done');
});

test('a restart inside the rescue VM keeps the session; a new boot of the server makes a new one', async () => {
  await using lab = await open();
  lab.choose('rescue-customer-windows');
  await lab.reboot();
  await lab.ask('/boot.ipxe');
  const password = async () =>
    (JSON.parse((await lab.ask('/session')).text) as { password: string }).password;
  const first = await password();
  await lab.ask('/ready', 'POST');
  expect(await password()).toBe(first);
  await lab.ask('/ready', 'POST');
  // The server itself restarts, without the provider: its firmware asks again.
  await lab.ask('/boot.ipxe');
  const second = await password();
  expect(second).not.toBe(first);
  await lab.ask('/ready', 'POST');
  const { inbox } = lab.provider;
  await inbox?.waitFor(({ number }) => number === 2, { signal: AbortSignal.timeout(5000) });
  expect(inbox?.mails).toHaveLength(2);
});

test('a restart by the server itself takes the netboot that is chosen by then', async () => {
  await using lab = await open();
  await lab.reboot();
  lab.choose('rescue-customer-windows');
  expect((await lab.ask('/boot.ipxe')).text).toContain('rescue-customer-windows');
});

test('a guest that goes on from a waypoint gets the session of the new boot without taking a script', async () => {
  await using lab = await open();
  lab.choose('rescue-customer-windows');
  await lab.reboot();
  {
    using _hold = lab.netboot.holdSession();
    const asked = lab.provider.events.waitFor('session-asked');
    expect((await lab.ask('/session?settled')).status).toBe(204);
    expect(await asked).toEqual({ server: SERVER_NAME, answered: false, settled: true });
  }
  const { text } = await lab.ask('/session');
  expect(JSON.parse(text)).toMatchObject({ user: 'Administrator' });
  // Its firmware then takes a script for the first time: that is another boot.
  await lab.ask('/boot.ipxe');
  const { password } = JSON.parse((await lab.ask('/session')).text) as { password: string };
  expect(text).not.toContain(password);
});

test('powering off is the script and the provider', async () => {
  await using lab = await open();
  lab.choose('poweroff');
  expect((await lab.ask('/boot.ipxe')).text).toBe('#!ipxe\npoweroff || sleep 3600\n');
  expect(lab.server.hardware.power).toBe('off');
});

test('a rescue system without boot files is told by name', async () => {
  await using lab = await open();
  lab.choose('rescue-customer');
  expect(await lab.ask('/boot.ipxe')).toMatchObject({
    status: 500,
    text: `The netboot of ${SERVER_NAME} has no boot files for rescue-customer; give them to startNetboot in \`files\`.\n`,
  });
});
