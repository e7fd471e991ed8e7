import { createHash, randomBytes } from 'node:crypto';

/** Where a simulator's ids, tokens and passwords come from, so that a run can be repeated. */
export interface Random {
  /** `length` random bytes. */
  bytes(length: number): Uint8Array;
  /** A whole number from 0 up to but not including `below` (at most 2^32). */
  integer(below: number): number;
  /** `length` characters, each drawn evenly from `alphabet`. */
  text(length: number, alphabet: string): string;
  /** A version 4 UUID (RFC 9562, section 5.4). */
  uuid(): string;
  /** An independent source: what is drawn from it does not shift what others draw. */
  stream(label: string): Random;
}

class BytesRandom implements Random {
  readonly #draw: (length: number) => Uint8Array;
  readonly #branch: (label: string) => Random;

  constructor(draw: (length: number) => Uint8Array, branch: (label: string) => Random) {
    this.#draw = draw;
    this.#branch = branch;
  }

  bytes(length: number): Uint8Array {
    return this.#draw(length);
  }

  integer(below: number): number {
    if (!Number.isInteger(below) || below < 1 || below > 2 ** 32) {
      throw new RangeError(
        `A random whole number needs an upper bound from 1 to 2^32, and ${below} was given.`,
      );
    }
    // Values of the last, incomplete round would make small results more likely: draw again.
    const limit = Math.floor(2 ** 32 / below) * below;
    for (;;) {
      const bytes = this.#draw(4);
      const value = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
      if (value < limit) {
        return value % below;
      }
    }
  }

  text(length: number, alphabet: string): string {
    return Array.from({ length }, () => alphabet.charAt(this.integer(alphabet.length))).join('');
  }

  uuid(): string {
    const bytes = Buffer.from(this.#draw(16));
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  stream(label: string): Random {
    return this.#branch(label);
  }
}

/** The same sequence for the same `seed`: SHA-256 over the seed and a counter. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  let pool = Buffer.alloc(0);
  const draw = (length: number): Uint8Array => {
    while (pool.length < length) {
      const block = createHash('sha256').update(`${seed}\0${counter++}`).digest();
      pool = Buffer.concat([pool, block]);
    }
    const drawn = pool.subarray(0, length);
    pool = pool.subarray(length);
    return Uint8Array.from(drawn);
  };
  return new BytesRandom(draw, (label) => seededRandom(`${seed}\0${label}`));
}

/** The operating system's randomness: another run, other passwords. */
export function systemRandom(): Random {
  const random: Random = new BytesRandom(
    (length) => Uint8Array.from(randomBytes(length)),
    () => random,
  );
  return random;
}
