import { LONGEST_UNIT, writeUtf8 } from './utf8';

const HEX = '0123456789abcdef';
const SIZE = 1 << 16;
/** Bytes and characters that go in between two looks at the room left. */
const PIECE = 1024;

/** Text that goes out as UTF-8 in pieces of 64 KiB: a large listing never stands in memory as a whole. */
export class ByteText {
  private readonly buffer = new Uint8Array(SIZE);
  private used = 0;

  private known: Uint16Array | undefined;

  constructor(private readonly write: (bytes: Uint8Array) => void) {}

  text(text: string): this {
    if (text.length > PIECE) return this.text(text.slice(0, PIECE)).text(text.slice(PIECE));
    this.makeRoom(LONGEST_UNIT * text.length);
    this.used = writeUtf8(this.buffer, this.used, text);
    return this;
  }

  /** As `text`, with a backslash before backslashes and double quotes. */
  quoted(text: string): this {
    return this.text(/[\\"]/.test(text) ? text.replace(/[\\"]/g, '\\$&') : text);
  }

  /** Bytes that are UTF-8 already. */
  bytes(row: Uint8Array, length: number): this {
    for (let from = 0; from < length; from += PIECE) {
      this.makeRoom(PIECE);
      const end = Math.min(from + PIECE, length);
      for (let index = from; index < end; index += 1) this.buffer[this.used++] = row[index]!;
    }
    return this;
  }

  /** Bytes in hex with commas between them. */
  hexList(bytes: Uint8Array): this {
    const { buffer, digitsOf } = this;
    for (let from = 0; from < bytes.length; from += PIECE) {
      this.makeRoom(3 * PIECE);
      const end = Math.min(from + PIECE, bytes.length);
      let at = this.used;
      for (let index = from; index < end; index += 1) {
        const digits = digitsOf[bytes[index]!]!;
        if (index > 0) buffer[at++] = 0x2c;
        buffer[at++] = digits;
        buffer[at++] = digits >> 8;
      }
      this.used = at;
    }
    return this;
  }

  /** Four bytes as the number that they are in little-endian order: eight hex digits. */
  hexNumber(bytes: Uint8Array): this {
    this.makeRoom(8);
    for (let index = 3; index >= 0; index -= 1) {
      const digits = this.digitsOf[bytes[index]!]!;
      this.buffer[this.used++] = digits;
      this.buffer[this.used++] = digits >> 8;
    }
    return this;
  }

  flush(): void {
    if (this.used > 0) this.write(this.buffer.subarray(0, this.used));
    this.used = 0;
  }

  /** The two hex digits of each byte, the first in the low half of the number. */
  private get digitsOf(): Uint16Array {
    this.known ??= Uint16Array.from({ length: 256 }, (_, byte) => {
      return HEX.charCodeAt(byte >> 4) | (HEX.charCodeAt(byte & 15) << 8);
    });
    return this.known;
  }

  private makeRoom(bytes: number): void {
    if (this.used + bytes > SIZE) this.flush();
  }
}
