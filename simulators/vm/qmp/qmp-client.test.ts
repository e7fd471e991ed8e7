import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { QmpClient } from './qmp-client';

let server: Server;
afterEach(() => server.close());

/** A QEMU that greets, answers the negotiation, and leaves the rest to the test. */
async function connected(answer: (request: { execute: string; id: number }, socket: Socket) => void) {
  const accepted = new Promise<Socket>((resolve) => {
    server = createServer((socket) => {
      resolve(socket);
      socket.on('error', () => {});
      socket.write('{"QMP": {"version": {}, "capabilities": []}}\r\n');
      socket.on('data', (data) => {
        for (const line of data.toString().trim().split('\n')) {
          const request = JSON.parse(line);
          if (request.execute === 'qmp_capabilities') reply(socket, { return: {}, id: request.id });
          else answer(request, socket);
        }
      });
    }).listen(0, '127.0.0.1');
  });
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const client = await QmpClient.connect(socket, { deadline: 2000 });
  return { client, qemu: await accepted };
}

const reply = (socket: Socket, message: object) => socket.write(`${JSON.stringify(message)}\r\n`);
const event = (name: string, data = {}) => ({
  event: name,
  data,
  timestamp: { seconds: 1, microseconds: 0 },
});

describe('QmpClient', () => {
  it('matches answers with commands, in whatever order and pieces they come', async () => {
    const ids: number[] = [];
    const { client } = await connected(({ id }, socket) => {
      ids.push(id);
      if (ids.length < 2) return;
      const text = [
        { return: { status: 'é', running: true }, id: ids[1] },
        event('RESUME'),
        { return: {}, id: ids[0] },
      ]
        .map((message) => `${JSON.stringify(message)}\r\n`)
        .join('');
      for (const byte of Buffer.from(text)) socket.write(Buffer.of(byte));
    });
    const [stopped, status] = await Promise.all([client.execute('stop'), client.execute('query-status')]);
    expect(stopped).toEqual({});
    expect(status).toEqual({ status: 'é', running: true });
  });

  it("quotes QEMU's errors", async () => {
    const { client } = await connected(({ id }, socket) =>
      reply(socket, { error: { class: 'GenericError', desc: 'Could not open file' }, id }),
    );
    await expect(client.execute('screendump', { filename: '/x' })).rejects.toThrow(
      'QEMU refused screendump: Could not open file',
    );
  });

  it('waits for the event that fits', async () => {
    const { client, qemu } = await connected(() => {});
    const waiting = client.once('MIGRATION', {
      deadline: 2000,
      where: ({ data }) => data['status'] === 'completed',
    });
    reply(qemu, event('MIGRATION', { status: 'active' }));
    reply(qemu, event('STOP'));
    reply(qemu, event('MIGRATION', { status: 'completed' }));
    expect((await waiting).data).toEqual({ status: 'completed' });
  });

  it('says which events came instead', async () => {
    const { client, qemu } = await connected(() => {});
    const waiting = client.once('SHUTDOWN', { deadline: 150, what: 'the guest to switch off' });
    reply(qemu, event('STOP'));
    reply(qemu, event('RESUME'));
    await expect(waiting).rejects.toThrow(
      'Waited 150 ms for the guest to switch off; QEMU sent STOP, RESUME in that time.',
    );
  });

  it('gives events one by one until the end', async () => {
    const { client, qemu } = await connected(() => {});
    const names: string[] = [];
    const reading = (async () => {
      for await (const { event: name } of client.events()) names.push(name);
    })();
    reply(qemu, event('STOP'));
    reply(qemu, event('RESUME'));
    await expect.poll(() => names).toEqual(['STOP', 'RESUME']);
    qemu.end();
    await reading;
    expect(client.open).toBe(false);
  });

  it('fails commands and waits when QEMU goes away', async () => {
    const { client, qemu } = await connected(() => qemu.destroy());
    const waiting = client.once('RESET', { deadline: 2000 });
    await expect(client.execute('cont')).rejects.toThrow('QEMU went away before it answered cont.');
    await expect(waiting).rejects.toThrow('The connection ended while waiting for the event RESET.');
    await expect(client.execute('cont')).rejects.toThrow('QEMU was gone before cont could be sent.');
  });

  it('does not guess what a broken line means', async () => {
    const { client, qemu } = await connected(() => qemu.write('{"return": \r\n'));
    const failure = await client.execute('cont').catch((error: Error) => error);
    const causes = [failure, (failure as Error).cause, ((failure as Error).cause as Error).cause];
    expect(causes.map((error) => (error as Error).message)).toEqual([
      'QEMU went away before it answered cont.',
      'The QMP connection broke.',
      'QEMU sent a line on its QMP socket that is not JSON: {"return":',
    ]);
  });
});
