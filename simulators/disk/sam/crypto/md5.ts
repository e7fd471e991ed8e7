import { type DigestState, digestBlocks, rotateLeft } from './digest-blocks';

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;
const CONSTANTS = Array.from({ length: 64 }, (_x, index) =>
  Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32),
);

const MIXES = [
  (b: number, c: number, d: number) => (b & c) | (~b & d),
  (b: number, c: number, d: number) => (d & b) | (~d & c),
  (b: number, c: number, d: number) => b ^ c ^ d,
  (b: number, c: number, d: number) => c ^ (b | ~d),
] as const;
/** Which word each step takes: step * factor + start, modulo 16. */
const FACTORS = [1, 5, 3, 7] as const;
const STARTS = [0, 1, 5, 0] as const;

/** MD5 (RFC 1321): 16 bytes. */
export function md5(message: Uint8Array): Uint8Array {
  return digestBlocks(message, compress);
}

function compress(state: DigestState, words: Uint32Array): DigestState {
  let [a, b, c, d] = state;
  for (let step = 0; step < 64; step += 1) {
    const round = step >> 4;
    const word = words[(step * FACTORS[round]! + STARTS[round]!) % 16]!;
    const sum = (a + MIXES[round]!(b, c, d) + word + CONSTANTS[step]!) | 0;
    [a, b, c, d] = [d, (b + rotateLeft(sum, SHIFTS[round]![step % 4]!)) | 0, b, c];
  }
  return [a, b, c, d];
}
