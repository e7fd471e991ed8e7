import { DiskFormatError, decodeLatin1 } from '../bytes';

/**
 * Reads the big-endian fields of one LDM block in order. What does not fit is a DiskFormatError.
 *
 * @param what names the block in error sentences
 * @param offsetOf byte offset on the disk of a position in the block, or of its start
 */
export class BlockReader {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly what: string,
    private readonly offsetOf: number | ((position: number) => number),
    public position = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The refusal of a field that starts at `position`. */
  refusal(reason: string, position: number, message?: string): DiskFormatError {
    const { offsetOf } = this;
    return new DiskFormatError(
      typeof offsetOf === 'number' ? offsetOf + position : offsetOf(position),
      reason,
      message,
    );
  }

  private advance(length: number): number {
    const at = this.position;
    if (at + length > this.bytes.length) {
      throw this.refusal(
        `a field of ${length} bytes goes beyond the end of the ${this.what}`,
        Math.min(at, this.bytes.length),
        `The ${this.what} ends after ${this.bytes.length} bytes, but a field of ${length} bytes starts at ${at}. The LDM database is damaged.`,
      );
    }
    this.position = at + length;
    return at;
  }

  skip(length: number): void {
    this.advance(length);
  }

  u8(): number {
    return this.view.getUint8(this.advance(1));
  }

  u16(): number {
    return this.view.getUint16(this.advance(2));
  }

  u32(): number {
    return this.view.getUint32(this.advance(4));
  }

  u64(): bigint {
    return this.view.getBigUint64(this.advance(8));
  }

  /** A u64 that counts sectors. */
  sectors(): number {
    const at = this.position;
    return this.#safe(this.u64(), at);
  }

  raw(length: number): Uint8Array {
    const at = this.advance(length);
    return this.bytes.slice(at, at + length);
  }

  /** Text in a field of fixed width, padded with NULs. */
  fixedText(width: number): string {
    const at = this.advance(width);
    const text = decodeLatin1(this.bytes, at, width);
    const end = text.indexOf('\0');
    return end < 0 ? text : text.slice(0, end);
  }

  /** A string with a length byte before it. */
  text(): string {
    const width = this.u8();
    return decodeLatin1(this.bytes, this.advance(width), width);
  }

  /** A number with a length byte before it. */
  varNumber(): number {
    const start = this.position;
    const length = this.u8();
    if (length > 8)
      throw this.refusal(
        `a number of ${length} bytes`,
        start,
        `A number of ${length} bytes stands in the ${this.what}; 8 is the limit.`,
      );
    let value = 0n;
    for (let left = length; left > 0; left -= 1) value = (value << 8n) | BigInt(this.u8());
    return this.#safe(value, start);
  }

  #safe(value: bigint, position: number): number {
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw this.refusal(
        `the number ${value}, which no disk reaches`,
        position,
        `The ${this.what} holds the number ${value}, which no disk reaches. The LDM database is damaged.`,
      );
    }
    return Number(value);
  }
}
