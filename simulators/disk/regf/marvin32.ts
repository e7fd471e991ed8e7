import { readI32 } from '../bytes';

/** Seed of the hashes in transaction logs (specification of regf, "Log entries"). */
const REGISTRY_SEED = 0x82ef4d887a4e55c5n;

/** Marvin32 of all bytes, as a 64-bit number. */
export function marvin32(bytes: Uint8Array, seed = REGISTRY_SEED): bigint {
  let low = Number(seed & 0xffffffffn) | 0;
  let high = Number(seed >> 32n) | 0;
  const words = bytes.length >>> 2;
  // After the whole words come the rest with a byte 0x80 behind it, and a zero.
  for (let word = 0; word < words + 2; word += 1) {
    const value = word < words ? readI32(bytes, 4 * word) : word === words ? lastWord(bytes) : 0;
    low = (low + value) | 0;
    high ^= low;
    low = (((low << 20) | (low >>> 12)) + high) | 0;
    high = ((high << 9) | (high >>> 23)) ^ low;
    low = (((low << 27) | (low >>> 5)) + high) | 0;
    high = (high << 19) | (high >>> 13);
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

/** The bytes that fill no word, then 0x80, in the low bytes of one more. */
function lastWord(bytes: Uint8Array): number {
  let word = 0x80;
  for (let at = bytes.length - 1; at >= (bytes.length & ~3); at -= 1) word = (word << 8) | bytes[at]!;
  return word;
}
