import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { waitForListeners } from './wait-for-listeners';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => servers.splice(0).forEach((server) => void server.close()));

async function listen(host: string): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

describe('waitForListeners', () => {
  it('resolves when the last of the ports is listened on, over IPv4 or IPv6', async () => {
    const first = await listen('127.0.0.1');
    const second = await listen('::1');
    await waitForListeners([first, second], AbortSignal.timeout(2000));
  });

  it('takes no connection, and no other port, for a listener', async () => {
    const port = await listen('127.0.0.1');
    const client = connect(port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => client.once('connect', resolve));
    const own = (client.address() as AddressInfo).port;
    await expect(waitForListeners([port, own], AbortSignal.timeout(200))).rejects.toThrow();
    client.destroy();
  });

  it('goes on while a table is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rescue-lab-tcp-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const table = join(folder, 'tcp6');
    const waiting = waitForListeners([3389], AbortSignal.timeout(2000), [table]);
    // As Linux 6.1 prints it.
    await writeFile(
      table,
      '   0: 00000000000000000000000000000000:0D3D 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0\n',
    );
    await waiting;
  });
});
