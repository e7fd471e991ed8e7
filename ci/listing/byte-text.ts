import { writeHexList } from './hex-list';
import { LONGEST_UNIT, writeUtf8 } from './utf8';

const SIZE = 1 << 15;
/** Bytes and characters that go in between two looks at the room left. */
const PIECE = 1024;

/** Text that goes out as UTF-8 in pieces of 32 KiB: a large listing never stands in memory as a whole. */
export class ByteText {
  private readonly buffer = new Uint8Array(SIZE);
  private used = 0;

  constructor(private readonly write: (buffer: ArrayBuffer, length: number) => void) {}

  text(text: string): this {
    if (text.length > PIECE) return this.text(text.slice(0, PIECE)).text(text.slice(PIECE));
    if (this.used + LONGEST_UNIT * text.length > SIZE) this.flush();
    this.used = writeUtf8(this.buffer, this.used, text);
    return this;
  }

  /** As `text`, with a backslash before backslashes and double quotes. */
  quoted(text: string): this {
    return this.text(text.includes('\\') || text.includes('"') ? text.replace(/[\\"]/g, '\\$&') : text);
  }

  /** Bytes `start` to `start + length` in hex with commas between them. */
  hexList(bytes: Uint8Array, start: number, length: number): this {
    const end = start + length;
    for (let from = start; from < end; from += PIECE) {
      if (this.used + 3 * PIECE > SIZE) this.flush();
      this.used = writeHexList(this.buffer, this.used, bytes, from, Math.min(from + PIECE, end), start);
    }
    return this;
  }

  flush(): void {
    if (this.used > 0) this.write(this.buffer.buffer, this.used);
    this.used = 0;
  }
}
