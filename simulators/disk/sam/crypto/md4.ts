import { type DigestState, digestBlocks, rotateLeft } from './digest-blocks';

const ORDERS = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
] as const;
const SHIFTS = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
] as const;
const CONSTANTS = [0, 0x5a827999, 0x6ed9eba1] as const;

const MIXES = [
  (b: number, c: number, d: number) => (b & c) | (~b & d),
  (b: number, c: number, d: number) => (b & c) | (b & d) | (c & d),
  (b: number, c: number, d: number) => b ^ c ^ d,
] as const;

/** MD4 (RFC 1320): 16 bytes. Windows' NT hash is MD4 of the password in UTF-16LE. */
export function md4(message: Uint8Array): Uint8Array {
  return digestBlocks(message, compress);
}

function compress(state: DigestState, words: Uint32Array): DigestState {
  let [a, b, c, d] = state;
  for (let round = 0; round < 3; round += 1) {
    for (let step = 0; step < 16; step += 1) {
      const word = words[ORDERS[round]![step]!]!;
      const sum = (a + MIXES[round]!(b, c, d) + word + CONSTANTS[round]!) | 0;
      [a, b, c, d] = [d, rotateLeft(sum, SHIFTS[round]![step % 4]!), b, c];
    }
  }
  return [a, b, c, d];
}
