import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, describe, expect, it } from 'vitest';
import { Session } from '../session/session';
import { startMachine } from '../start-machine';
import { qemuAvailable } from '../testing/qemu-available';
import { tinyGuestBootSector, tinyGuestMarker } from '../tiny-guest/tiny-guest';
import { ByteReader } from './byte-reader';
import { connectRfb } from './connect-rfb';
import { framebufferPng } from './framebuffer-png';

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that does what the test's script says with each connection. */
async function serve(script: (socket: Socket, reader: ByteReader) => Promise<void>) {
  server = createServer((socket) => {
    script(socket, new ByteReader(socket)).catch(() => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

async function open(socket: Socket, reader: ByteReader, width: number, height: number) {
  socket.write('RFB 003.008\n');
  expect((await reader.read(12)).toString()).toBe('RFB 003.008\n');
  socket.write(Buffer.of(2, 2, 1)); // VNC authentication and none
  expect([...(await reader.read(1))]).toEqual([1]);
  socket.write(Buffer.alloc(4));
  expect([...(await reader.read(1))]).toEqual([1]); // shared
  const init = Buffer.alloc(24);
  init.writeUInt16BE(width, 0);
  init.writeUInt16BE(height, 2);
  init.writeUInt32BE(4, 20);
  socket.write(Buffer.concat([init, Buffer.from('test')]));
  const format = await reader.read(20);
  expect([...format.subarray(4, 8)]).toEqual([32, 24, 0, 1]);
  expect((await reader.read(12)).toString('hex')).toBe('0200000200000000ffffff21');
}

function update(...rectangles: { at: [number, number, number, number]; encoding?: number; data?: Buffer }[]) {
  const parts: Buffer[] = [Buffer.of(0, 0, 0, rectangles.length)];
  for (const { at, encoding = 0, data = Buffer.alloc(0) } of rectangles) {
    const header = Buffer.alloc(12);
    for (const [index, value] of at.entries()) header.writeUInt16BE(value, index * 2);
    header.writeInt32BE(encoding, 8);
    parts.push(header, data);
  }
  return Buffer.concat(parts);
}

const red = Buffer.of(0, 0, 255, 0);
const blue = Buffer.of(255, 0, 0, 0);

describe('the RFB client', () => {
  it('keeps the picture through partial updates, split packets, bells and cut text', async () => {
    const requests: string[] = [];
    const address = await serve(async (socket, reader) => {
      await open(socket, reader, 3, 2);
      requests.push((await reader.read(10)).toString('hex'));
      const message = Buffer.concat([
        Buffer.of(2), // bell
        Buffer.of(3, 0, 0, 0, 0, 0, 0, 2, 0x68, 0x69), // cut text "hi"
        update(
          { at: [0, 0, 3, 2], data: Buffer.concat(new Array(6).fill(red)) },
          { at: [1, 1, 1, 1], data: blue },
        ),
      ]);
      for (const byte of message) {
        socket.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      requests.push((await reader.read(10)).toString('hex'));
    });
    await using client = await connectRfb(address);
    expect(client.name).toBe('test');
    await client.waitFor((frame) => frame.colourAt(1, 1)[2] === 255, { deadline: 5000, what: 'a blue dot' });
    expect(client.framebuffer.colourAt(0, 0)).toEqual([255, 0, 0]);
    expect(client.framebuffer.colourAt(2, 1)).toEqual([255, 0, 0]);
    await expect.poll(() => requests).toEqual(['03000000000000030002', '03010000000000030002']);
    const png = PNG.sync.read(framebufferPng(client.framebuffer));
    expect([...png.data.subarray(16, 20)]).toEqual([0, 0, 255, 255]);
  });

  it('follows a change of size and asks for the whole picture again', async () => {
    const address = await serve(async (socket, reader) => {
      await open(socket, reader, 2, 2);
      await reader.read(10);
      socket.write(update({ at: [0, 0, 4, 1], encoding: -223 }));
      expect((await reader.read(10)).toString('hex')).toBe('03000000000000040001');
      socket.write(update({ at: [3, 0, 1, 1], data: red }));
    });
    await using client = await connectRfb(address);
    await client.waitFor(({ width }) => width === 4, {
      deadline: 5000,
      what: 'the new size',
    });
    await client.waitFor((frame) => frame.colourAt(3, 0)[0] === 255, { deadline: 5000, what: 'a red dot' });
  });

  it('sends keys with Shift where a US keyboard needs it, and the pointer', async () => {
    const received: Buffer[] = [];
    const address = await serve(async (socket, reader) => {
      await open(socket, reader, 1, 1);
      await reader.read(10);
      received.push(await reader.read(6 * 8 + 6));
    });
    await using client = await connectRfb(address);
    await client.typeText('a?', { patience: 0 });
    client.pointer(258, 3, 1);
    await expect.poll(() => received.length).toBe(1);
    expect(received[0]?.toString('hex').match(/04.{14}|05.{10}/g)).toEqual([
      '0401000000000061',
      '0400000000000061',
      '040100000000ffe1',
      '040100000000003f',
      '040000000000003f',
      '040000000000ffe1',
      '050101020003',
    ]);
  });

  it('types the next key when it has seen what the last one did', async () => {
    const keys: string[] = [];
    const picture = update({ at: [0, 0, 1, 1], data: red });
    const address = await serve(async (socket, reader) => {
      await open(socket, reader, 1, 1);
      socket.write(picture);
      for (;;) {
        const [type] = await reader.read(1);
        if (type === 3) await reader.read(9);
        else keys.push((await reader.read(7)).subarray(6).toString());
        // The guest stands still for a while, and shows then what was typed.
        if (keys.length === 2) setTimeout(() => socket.write(picture), 100);
      }
    });
    await using client = await connectRfb(address);
    await client.waitFor((frame) => frame.colourAt(0, 0)[0] === 255, { deadline: 5000, what: 'a picture' });
    const typed = client.typeText('ab', { patience: 60_000 });
    await expect.poll(() => keys).toEqual(['a', 'a']);
    await expect.poll(() => keys).toEqual(['a', 'a', 'b', 'b']);
    await client[Symbol.asyncDispose]();
    await typed;
  });

  it('says why a server cannot be used', async () => {
    const asking = await serve(async (socket, reader) => {
      socket.write('RFB 003.008\n');
      await reader.read(12);
      socket.write(Buffer.of(1, 2));
    });
    await expect(connectRfb(asking)).rejects.toThrow(
      `No RFB connection to 127.0.0.1:${asking.port}: The server asks for authentication (security types 2); this client speaks to servers without (type 1).`,
    );
    server?.close();
    const silent = await serve(async (_socket, reader) => void (await reader.read(1)));
    await expect(connectRfb(silent, { deadline: 50 })).rejects.toThrow('Nothing usable came within 50 ms.');
  });

  it('reports a rectangle outside of the screen instead of drawing it', async () => {
    const address = await serve(async (socket, reader) => {
      await open(socket, reader, 2, 2);
      await reader.read(10);
      socket.write(update({ at: [1, 1, 2, 2], data: Buffer.alloc(16) }));
    });
    await using client = await connectRfb(address);
    const failure = client.waitFor(() => false, { deadline: 5000, what: 'anything' });
    await expect(failure).rejects.toThrow('The screen went away while waiting for anything.');
    await expect(failure.catch((error) => error.cause.message)).resolves.toBe(
      'The server sent a rectangle 2x2 at 1,1 for a screen of 2x2.',
    );
  });
});

describe.skipIf(!qemuAvailable)("the RFB client on QEMU's console", () => {
  it('shows what the guest shows and types on its keyboard', async () => {
    await using session = Session.start();
    const path = join(session.tempDir('disk'), 'boot.img');
    await writeFile(path, Buffer.concat([tinyGuestBootSector(), Buffer.alloc(1024 * 1024)]));
    const address = session.allocateAddress();
    await using machine = await startMachine(
      {
        name: 'console',
        cpus: 1,
        memoryMiB: 32,
        firmware: 'bios',
        disks: [{ id: 'boot', path, format: 'raw', interface: 'sata', bootIndex: 0 }],
        vnc: `${address}:5900`,
      },
      { session, accelerator: { kind: 'tcg', reason: 'tests' } },
    );
    await machine.serial.waitFor(tinyGuestMarker, { deadline: 20_000, what: 'the tiny guest to start' });
    await using client = await connectRfb({ host: address, port: 5900 });
    const lit = ({ pixels }: { pixels: Buffer }) => pixels.filter((value) => value > 100).length;
    await client.waitFor((frame) => frame.width === 720 && lit(frame) > 500, {
      deadline: 5000,
      what: 'text',
    });
    machine.serial.write('k');
    await client.typeText('Z');
    await machine.serial.waitFor(/^Z\r$/m, { deadline: 5000, what: 'the key to be echoed' });

    const own = join(machine.directory, 'screen.png');
    await machine.screenshot(own);
    expect(PNG.sync.read(framebufferPng(client.framebuffer)).width).toBe(720);
  });
});
