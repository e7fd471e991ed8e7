import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ByteReader } from '../rfb/byte-reader';

const magics = {
  options: 0x49484156454f5054n, // "IHAVEOPT"
  request: 0x25609513,
  reply: 0x67446698,
} as const;

/** Requests under way at once: enough to hide the round trip. */
const window = 16;

interface Request {
  readonly length: number;
  resolve(data: Buffer): void;
  reject(error: Error): void;
}

/**
 * A reading client of the Network Block Device protocol (nbd project, `doc/proto.md`): the fixed newstyle
 * negotiation of the default export, then simple replies.
 */
export class NbdConnection implements Disposable {
  /** Bytes of the export. */
  readonly size: number;
  readonly #socket: Socket;
  readonly #reader: ByteReader;
  readonly #requests = new Map<bigint, Request>();
  #handle = 0n;

  private constructor(socket: Socket, reader: ByteReader, size: number) {
    this.#socket = socket;
    this.#reader = reader;
    this.size = size;
    this.#receive().catch((error) => this.#fail(error));
  }

  static async open(path: string): Promise<NbdConnection> {
    const socket = connect(path);
    await once(socket, 'connect');
    const reader = new ByteReader(socket);
    const greeting = await reader.read(18);
    if (greeting.toString('latin1', 0, 8) !== 'NBDMAGIC' || greeting.readBigUInt64BE(8) !== magics.options) {
      socket.destroy();
      throw new Error(`The server at ${path} does not speak the newstyle NBD protocol.`);
    }
    const answer = Buffer.alloc(20);
    answer.writeUInt32BE(0b11, 0); // fixed newstyle, no zero padding
    answer.writeBigUInt64BE(magics.options, 4);
    answer.writeUInt32BE(1, 12); // NBD_OPT_EXPORT_NAME, with an empty name
    socket.write(answer);
    const size = Number((await reader.read(10)).readBigUInt64BE(0));
    return new NbdConnection(socket, reader, size);
  }

  /** Reads each range in order; a few requests are under way while earlier ones are looked at. */
  async *readAll<R extends { readonly start: number; readonly length: number }>(
    ranges: readonly R[],
  ): AsyncGenerator<{ readonly range: R; readonly data: Buffer }> {
    const ahead: Promise<Buffer>[] = [];
    for (const [index, range] of ranges.entries()) {
      while (ahead.length < window && index + ahead.length < ranges.length) {
        const next = this.#read(ranges[index + ahead.length] as R);
        next.catch(() => {}); // reported when its turn comes
        ahead.push(next);
      }
      yield { range, data: await (ahead.shift() as Promise<Buffer>) };
    }
  }

  [Symbol.dispose](): void {
    const goodbye = Buffer.alloc(28);
    goodbye.writeUInt32BE(magics.request, 0);
    goodbye.writeUInt16BE(2, 6); // NBD_CMD_DISC
    this.#socket.end(goodbye);
  }

  #read({ start, length }: { readonly start: number; readonly length: number }): Promise<Buffer> {
    const handle = this.#handle++;
    const request = Buffer.alloc(28);
    request.writeUInt32BE(magics.request, 0);
    request.writeBigUInt64BE(handle, 8);
    request.writeBigUInt64BE(BigInt(start), 16);
    request.writeUInt32BE(length, 24);
    return new Promise((resolve, reject) => {
      this.#requests.set(handle, { length, resolve, reject });
      this.#socket.write(request);
    });
  }

  async #receive(): Promise<void> {
    for (;;) {
      const header = await this.#reader.read(16);
      const request = this.#requests.get(header.readBigUInt64BE(8));
      if (header.readUInt32BE(0) !== magics.reply || !request)
        throw new Error('The NBD server sent an unknown reply.');
      this.#requests.delete(header.readBigUInt64BE(8));
      const error = header.readUInt32BE(4);
      if (error !== 0) request.reject(new Error(`The NBD server could not read: error ${error}.`));
      else request.resolve(await this.#reader.read(request.length));
    }
  }

  #fail(error: Error): void {
    for (const { reject } of this.#requests.values()) reject(error);
    this.#requests.clear();
    this.#socket.destroy();
  }
}
