import type { Readable } from 'node:stream';

/** Reads a stream in pieces of known size: each `read` is answered when that many bytes have come. */
export class ByteReader {
  readonly #stream: Readable;
  #chunks: Buffer[] = [];
  #available = 0;
  #wanted: { readonly size: number; resolve(data: Buffer): void; reject(error: Error): void } | undefined;
  #ended: Error | undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#available += chunk.length;
      this.#serve();
    });
    stream.on('error', (cause) => this.#end(new Error(`The connection broke: ${cause.message}`, { cause })));
    stream.on('close', () => this.#end(new Error('The other side closed the connection.')));
  }

  /** One read at a time; fails when the stream ends first. */
  read(size: number): Promise<Buffer> {
    if (this.#wanted) throw new Error('A read is already waiting: a byte stream has one reader.');
    return new Promise((resolve, reject) => {
      this.#wanted = { size, resolve, reject };
      this.#serve();
    });
  }

  #serve(): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    if (this.#available >= wanted.size) {
      this.#wanted = undefined;
      wanted.resolve(this.#take(wanted.size));
    } else if (this.#ended) {
      this.#wanted = undefined;
      wanted.reject(this.#ended);
    }
  }

  #take(size: number): Buffer {
    let first = this.#chunks[0] ?? Buffer.alloc(0);
    if (first.length < size) {
      first = Buffer.concat(this.#chunks);
      this.#chunks = [first];
    }
    if (first.length > size) this.#chunks[0] = first.subarray(size);
    else if (size > 0) this.#chunks.shift();
    this.#available -= size;
    return first.subarray(0, size);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#stream.destroy();
    this.#serve();
  }
}
