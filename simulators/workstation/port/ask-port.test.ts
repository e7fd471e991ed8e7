import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { askPort } from './ask-port';

let server: Server;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function listen(serve: (socket: Socket) => void): Promise<{ host: string; port: number }> {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

it('an SSH server speaks first', async () => {
  const target = await listen((socket) => socket.write('SSH-2.0-test\r\n'));
  expect(await askPort({ ...target, protocol: 'ssh' })).toBe('answers');
});

it('an RDP server speaks when it is asked for a connection', async () => {
  let request = Buffer.alloc(0);
  const target = await listen((socket) =>
    socket.on('data', (bytes) => {
      request = bytes;
      socket.write(Buffer.from('030000130ed000001234000209080002000000', 'hex'));
    }),
  );
  expect(await askPort({ ...target, protocol: 'rdp' })).toBe('answers');
  // The length that the packet says it has.
  expect(request.readUInt16BE(2)).toBe(request.length);
});

it('a port that takes a connection and ends it has refused', async () => {
  const target = await listen((socket) => socket.resetAndDestroy());
  expect(await askPort({ ...target, protocol: 'rdp' })).toBe('refused');
});

it('a port that says nothing is silent', async () => {
  const target = await listen(() => undefined);
  expect(await askPort({ ...target, protocol: 'ssh' }, { deadline: 100 })).toBe('silent');
});

it('a port that nobody listens on has refused', async () => {
  const target = await listen(() => undefined);
  await new Promise((resolve) => server.close(resolve));
  expect(await askPort({ ...target, protocol: 'ssh' })).toBe('refused');
});
