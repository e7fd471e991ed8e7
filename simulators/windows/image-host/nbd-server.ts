import { createServer, type Server, type Socket } from 'node:net';

/** A device to serve. Offsets and lengths in bytes, whole sectors. */
export interface ServedDevice {
  readonly sizeBytes: number;
  read(offsetBytes: number, length: number): Uint8Array;
  /** Undefined where the device is read-only. */
  readonly write: ((offsetBytes: number, bytes: Uint8Array) => void) | undefined;
}

// Numbers of the protocol: nbd project, `doc/proto.md`.
const MAGIC = {
  nbd: 0x4e42444d41474943n,
  option: 0x49484156454f5054n,
  request: 0x25609513,
  reply: 0x67446698,
};
const OPTION_REPLY = 0x3e889045565a9n;
const Option = { exportName: 1, abort: 2, info: 6, go: 7 } as const;
const Command = { read: 0, write: 1, disconnect: 2, flush: 3 } as const;
const TRANSMISSION = { hasFlags: 1, readOnly: 2, sendFlush: 4 };
const EIO = 5;
const EINVAL = 22;
const UNSUPPORTED = 0x80000001;
/** The protocol's limits: a request of 32 MiB, an option with an export's name of 4 KiB and some more. */
const LONGEST_REQUEST = 32 << 20;
const LONGEST_OPTION = 64 << 10;
const ACKNOWLEDGED = 1;
const INFO = 3;

/** Serves one device by the Network Block Device protocol on a Unix socket: one export, whatever name is asked for. */
export class NbdServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(device: ServedDevice) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
      serve(device, new Incoming(socket), socket).catch(() => socket.destroy());
    });
  }

  static async listen(device: ServedDevice, path: string): Promise<NbdServer> {
    const served = new NbdServer(device);
    await new Promise<void>((resolve, reject) => {
      served.#server.once('error', reject).listen(path, resolve);
    });
    return served;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

/** Bytes of a connection in the pieces that are asked for. */
class Incoming {
  readonly #chunks: AsyncIterator<Buffer>;
  #left: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [this.#left];
    let have = this.#left.length;
    while (have < length) {
      const next = await this.#chunks.next();
      if (next.done) throw new Error('The NBD client went away.');
      parts.push(next.value);
      have += next.value.length;
    }
    const all = parts.length === 1 ? this.#left : Buffer.concat(parts);
    this.#left = all.subarray(length);
    return all.subarray(0, length);
  }
}

async function serve(device: ServedDevice, incoming: Incoming, socket: Socket): Promise<void> {
  if (!(await negotiate(device, incoming, socket))) {
    socket.end();
    return;
  }
  for (;;) {
    const header = await incoming.take(28);
    if (header.readUInt32BE(0) !== MAGIC.request) throw new Error('The NBD client sent no request.');
    const command = header.readUInt16BE(6);
    const offset = Number(header.readBigUInt64BE(16));
    const length = header.readUInt32BE(24);
    if (command === Command.disconnect) {
      socket.end();
      return;
    }
    if (length > LONGEST_REQUEST) throw new Error(`The NBD client asks for ${length} bytes at once.`);
    const data = command === Command.write ? await incoming.take(length) : undefined;
    const reply = Buffer.alloc(16);
    reply.writeUInt32BE(MAGIC.reply, 0);
    header.copy(reply, 8, 8, 16);
    const [error, answer] = perform(device, command, offset, length, data);
    reply.writeUInt32BE(error, 4);
    socket.write(reply);
    if (answer) socket.write(answer);
  }
}

function perform(
  device: ServedDevice,
  command: number,
  offset: number,
  length: number,
  data: Buffer | undefined,
): [error: number, answer?: Uint8Array] {
  if (offset + length > device.sizeBytes) return [EINVAL];
  try {
    if (command === Command.read) return [0, device.read(offset, length)];
    if (command === Command.write && data && device.write) device.write(offset, data);
    // What was written is on the medium already.
    else if (command !== Command.flush) return [EINVAL];
    return [0];
  } catch {
    // A disk behind the volume that cannot be read or written.
    return [EIO];
  }
}

/** The fixed newstyle handshake. False where the client wants nothing after it. */
async function negotiate(device: ServedDevice, incoming: Incoming, socket: Socket): Promise<boolean> {
  const greeting = Buffer.alloc(18);
  greeting.writeBigUInt64BE(MAGIC.nbd, 0);
  greeting.writeBigUInt64BE(MAGIC.option, 8);
  greeting.writeUInt16BE(0b11, 16); // fixed newstyle, no zero padding
  socket.write(greeting);
  const unpadded = ((await incoming.take(4)).readUInt32BE(0) & 0b10) !== 0;
  const size = Buffer.alloc(10);
  size.writeBigUInt64BE(BigInt(device.sizeBytes), 0);
  size.writeUInt16BE(
    TRANSMISSION.hasFlags | TRANSMISSION.sendFlush | (device.write ? 0 : TRANSMISSION.readOnly),
    8,
  );
  for (;;) {
    const header = await incoming.take(16);
    if (header.readBigUInt64BE(0) !== MAGIC.option) throw new Error('The NBD client sent no option.');
    const option = header.readUInt32BE(8);
    const length = header.readUInt32BE(12);
    if (length > LONGEST_OPTION) throw new Error(`The NBD client sent an option of ${length} bytes.`);
    await incoming.take(length);
    if (option === Option.exportName) {
      socket.write(size);
      if (!unpadded) socket.write(Buffer.alloc(124));
      return true;
    }
    if (option === Option.go || option === Option.info) {
      const info = Buffer.concat([Buffer.from([0, 0]), size]); // NBD_INFO_EXPORT
      socket.write(optionReply(option, INFO, info));
      socket.write(optionReply(option, ACKNOWLEDGED));
      if (option === Option.go) return true;
    } else if (option === Option.abort) {
      socket.write(optionReply(option, ACKNOWLEDGED));
      return false;
    } else socket.write(optionReply(option, UNSUPPORTED));
  }
}

function optionReply(option: number, type: number, data = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(20);
  header.writeBigUInt64BE(OPTION_REPLY, 0);
  header.writeUInt32BE(option, 8);
  header.writeUInt32BE(type, 12);
  header.writeUInt32BE(data.length, 16);
  return Buffer.concat([header, data]);
}
