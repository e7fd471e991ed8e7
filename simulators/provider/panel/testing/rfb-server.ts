import type { AddressInfo } from 'node:net';
import net from 'node:net';

/** A console that shows one colour, for a browser to look at. */
export interface RfbServer extends AsyncDisposable {
  /** `host:port` */
  readonly address: string;
  /** Keysyms of the keys that were pressed. */
  readonly pressed: number[];
}

const SIZE = 16;

/** Speaks as much of RFB 3.8 (RFC 6143) as a viewer needs to see a picture and to press keys. */
export async function startRfbServer({
  red,
  green,
  blue,
}: {
  red: number;
  green: number;
  blue: number;
}): Promise<RfbServer> {
  const pressed: number[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    talk(socket, Buffer.from([blue, green, red, 0]), pressed).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    pressed,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function talk(socket: net.Socket, pixel: Buffer, pressed: number[]): Promise<void> {
  const take = reader(socket);
  socket.write('RFB 003.008\n');
  await take(12);
  socket.write(Buffer.from([1, 1])); // One security type: none.
  await take(1);
  socket.write(Buffer.alloc(4)); // Security is fine.
  await take(1);
  socket.write(serverInit());
  for (;;) {
    const type = (await take(1)).readUInt8();
    if (type === 0) {
      await take(19); // SetPixelFormat: the one announced is what noVNC asks for.
    } else if (type === 2) {
      await take(4 * (await take(3)).readUInt16BE(1)); // SetEncodings
    } else if (type === 3) {
      await take(9);
      socket.write(update(pixel));
    } else if (type === 4) {
      const event = await take(7);
      if (event.readUInt8(0) === 1) {
        pressed.push(event.readUInt32BE(3));
      }
    } else if (type === 5) {
      await take(5); // PointerEvent
    } else {
      throw new Error(`The viewer sent a message of type ${type}, which this server does not know.`);
    }
  }
}

function serverInit(): Buffer {
  const name = Buffer.from('test');
  const init = Buffer.alloc(24);
  init.writeUInt16BE(SIZE, 0);
  init.writeUInt16BE(SIZE, 2);
  // 32 bits per pixel, depth 24, little endian, true colour, 8 bits each at 16, 8 and 0.
  init.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0], 4);
  init.writeUInt32BE(name.length, 20);
  return Buffer.concat([init, name]);
}

/** One raw rectangle over the whole screen. noVNC asks for red in the lowest byte. */
function update([blue = 0, green = 0, red = 0]: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(SIZE, 8);
  head.writeUInt16BE(SIZE, 10);
  const pixel = Buffer.from([red, green, blue, 0]);
  return Buffer.concat([head, ...Array.from({ length: SIZE * SIZE }, () => pixel)]);
}

function reader(socket: net.Socket): (length: number) => Promise<Buffer> {
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let kept = Buffer.alloc(0);
  return async (length) => {
    while (kept.length < length) {
      const { value, done } = await chunks.next();
      if (done) {
        throw new Error('The viewer went away.');
      }
      kept = Buffer.concat([kept, value]);
    }
    const taken = kept.subarray(0, length);
    kept = kept.subarray(length);
    return taken;
  };
}
