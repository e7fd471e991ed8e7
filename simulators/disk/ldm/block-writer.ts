import { encodeLatin1 } from '../bytes';

/** Collects the big-endian fields of one LDM block in order. */
export class BlockWriter {
  private readonly parts: number[] = [];

  u8(value: number): this {
    this.parts.push(value & 0xff);
    return this;
  }

  u16(value: number): this {
    return this.u8(value >>> 8).u8(value);
  }

  u32(value: number): this {
    return this.u16(value >>> 16).u16(value & 0xffff);
  }

  u64(value: bigint | number): this {
    const wide = BigInt(value);
    return this.u32(Number((wide >> 32n) & 0xffffffffn)).u32(Number(wide & 0xffffffffn));
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.parts.push(byte);
    return this;
  }

  zeros(count: number): this {
    for (let index = 0; index < count; index += 1) this.parts.push(0);
    return this;
  }

  fixedText(text: string, width: number): this {
    if (text.length > width) {
      throw new RangeError(
        `"${text}" has ${text.length} characters and its LDM field only ${width}. Use a shorter one.`,
      );
    }
    return this.raw(encodeLatin1(text)).zeros(width - text.length);
  }

  text(text: string): this {
    if (text.length > 255)
      throw new RangeError(`"${text.slice(0, 40)}..." is longer than the 255 characters of an LDM string.`);
    return this.u8(text.length).raw(encodeLatin1(text));
  }

  /**
   * The shortest form that holds the value; values above 32 bits take all 8 bytes, as Windows writes them. Zero
   * takes one byte (seen in no sample for a counted field; the kernel and ldmtool read both forms).
   */
  varNumber(value: number): this {
    if (value > 0xffffffff) return this.u8(8).u64(value);
    const length = value > 0xffffff ? 4 : value > 0xffff ? 3 : value > 0xff ? 2 : 1;
    this.u8(length);
    for (let shift = (length - 1) * 8; shift >= 0; shift -= 8) this.u8(value >>> shift);
    return this;
  }

  get length(): number {
    return this.parts.length;
  }

  /** The bytes so far, filled up with zeros to `size`. */
  finish(size = this.parts.length): Uint8Array {
    if (this.parts.length > size)
      throw new RangeError(`A block of ${size} bytes cannot hold ${this.parts.length}.`);
    const bytes = new Uint8Array(size);
    bytes.set(this.parts);
    return bytes;
  }
}
