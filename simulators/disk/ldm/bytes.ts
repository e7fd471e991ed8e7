/** Reads the big-endian fields of one LDM block in order. `what` names the block in error sentences. */
export class BlockReader {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly what: string,
    public position = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  private advance(length: number): number {
    const at = this.position;
    if (at + length > this.bytes.length) {
      throw new RangeError(
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
    return safeNumber(this.u64(), this.what);
  }

  raw(length: number): Uint8Array {
    const at = this.advance(length);
    return this.bytes.slice(at, at + length);
  }

  /** Text in a field of fixed width, padded with NULs. */
  fixedText(width: number): string {
    const text = String.fromCharCode(...this.raw(width));
    const end = text.indexOf('\0');
    return end < 0 ? text : text.slice(0, end);
  }

  /** A string with a length byte before it. */
  text(): string {
    return String.fromCharCode(...this.raw(this.u8()));
  }

  /** A number with a length byte before it. */
  varNumber(): number {
    const length = this.u8();
    if (length > 8)
      throw new RangeError(`A number of ${length} bytes stands in the ${this.what}; 8 is the limit.`);
    let value = 0n;
    for (const byte of this.raw(length)) value = (value << 8n) | BigInt(byte);
    return safeNumber(value, this.what);
  }
}

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
    return this.raw(asciiBytes(text)).zeros(width - text.length);
  }

  text(text: string): this {
    if (text.length > 255)
      throw new RangeError(`"${text.slice(0, 40)}..." is longer than the 255 characters of an LDM string.`);
    return this.u8(text.length).raw(asciiBytes(text));
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

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code > 0x7e || code < 0x20) {
      throw new RangeError(
        `"${text}" has a character that an LDM name cannot hold. Use printable ASCII only.`,
      );
    }
    return code;
  });
}

function safeNumber(value: bigint, what: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new RangeError(
      `The ${what} holds the number ${value}, which no disk reaches. The LDM database is damaged.`,
    );
  }
  return Number(value);
}
