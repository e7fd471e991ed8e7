import { readU32 } from './little-endian';

/** XOR of the first `count` u32 values. Throws a RangeError where they are fewer. */
export function xorOfWords(bytes: Uint8Array, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum ^= readU32(bytes, 4 * index);
  return sum >>> 0;
}
