import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** An RFB 3.8 server of one colour per machine, for tests: it sends what it is told and records the keys. */
export class FakeRfbServer implements AsyncDisposable {
  readonly keys: { keysym: number; down: boolean }[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #waiting: (() => void)[] = [];

  private constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly colour: number,
  ) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket));
      this.#serve(socket);
    });
  }

  static async listen(path: string, width: number, height: number, colour: number): Promise<FakeRfbServer> {
    const fake = new FakeRfbServer(width, height, colour);
    fake.#server.listen(path);
    await once(fake.#server, 'listening');
    return fake;
  }

  /** Sends a rectangle of one colour (0xRRGGBB). */
  fill(x: number, y: number, width: number, height: number, colour: number): void {
    for (const socket of this.#sockets) socket.write(rectangle(x, y, width, height, colour));
  }

  async keysSeen(count: number): Promise<void> {
    while (this.keys.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #serve(socket: Socket): void {
    let bytes = Buffer.alloc(0);
    let phase = 0;
    socket.write('RFB 003.008\n');
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (;;) {
        const length = phase === 0 ? 12 : phase < 3 ? 1 : messageLength(bytes);
        if (length === 0 || bytes.length < length) return;
        const message = bytes.subarray(0, length);
        bytes = bytes.subarray(length);
        if (phase < 3) this.#handshake(socket, phase++);
        else this.#message(socket, message);
      }
    });
  }

  #handshake(socket: Socket, phase: number): void {
    if (phase === 0) socket.write(Buffer.of(1, 1));
    else if (phase === 1) socket.write(Buffer.alloc(4));
    else {
      const init = Buffer.alloc(24);
      init.writeUInt16BE(this.width, 0);
      init.writeUInt16BE(this.height, 2);
      init.set([32, 24, 0, 1], 4);
      socket.write(init);
    }
  }

  #message(socket: Socket, message: Buffer): void {
    // The first, full request gets the picture; later ones wait for `fill`.
    if (message[0] === 3 && message[1] === 0)
      socket.write(rectangle(0, 0, this.width, this.height, this.colour));
    if (message[0] !== 4) return;
    this.keys.push({ keysym: message.readUInt32BE(4), down: message[1] === 1 });
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Bytes of the client message at the start (RFC 6143, section 7.5); 0 while that is not known yet. */
function messageLength(bytes: Buffer): number {
  switch (bytes[0]) {
    case undefined:
      return 0;
    case 0:
      return 20;
    case 2:
      return bytes.length < 4 ? 0 : 4 + bytes.readUInt16BE(2) * 4;
    case 3:
      return 10;
    case 4:
      return 8;
    default:
      throw new Error(`The client sent a message of type ${bytes[0]}, which this test server does not know.`);
  }
}

function rectangle(x: number, y: number, width: number, height: number, colour: number): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt16BE(1, 2);
  [x, y, width, height].forEach((value, index) => {
    header.writeUInt16BE(value, 4 + index * 2);
  });
  const pixels = Buffer.alloc(width * height * 4);
  for (let at = 0; at < pixels.length; at += 4) pixels.writeUInt32LE(colour, at);
  return Buffer.concat([header, pixels]);
}
