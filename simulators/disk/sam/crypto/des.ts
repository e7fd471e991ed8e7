import {
  EXPANSION,
  FINAL_PERMUTATION,
  INITIAL_PERMUTATION,
  KEY_CHOICE_1,
  KEY_CHOICE_2,
  KEY_SHIFTS,
  ROUND_PERMUTATION,
  S_BOXES,
} from './des-tables';

type Bits = readonly number[];

/** DES (FIPS 46-3) of one block of 8 bytes with a key of 8 bytes, whose parity bits are not looked at. */
export function desEncryptBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  return crypt(roundKeys(key), block);
}

export function desDecryptBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  return crypt(roundKeys(key).reverse(), block);
}

/** A DES key of 8 bytes from 56 bits in 7 bytes: each byte gets a parity bit place at its end. */
export function spreadDesKey(bytes: Uint8Array): Uint8Array {
  const bits = toBits(bytes);
  const spread: number[] = [];
  for (let at = 0; at < 56; at += 7) spread.push(...bits.slice(at, at + 7), 0);
  return fromBits(spread);
}

function crypt(keys: readonly Bits[], block: Uint8Array): Uint8Array {
  const start = permute(toBits(block), INITIAL_PERMUTATION);
  let left: Bits = start.slice(0, 32);
  let right: Bits = start.slice(32);
  for (const key of keys) [left, right] = [right, exclusiveOr(left, mix(right, key))];
  return fromBits(permute([...right, ...left], FINAL_PERMUTATION));
}

function mix(half: Bits, key: Bits): Bits {
  const wide = exclusiveOr(permute(half, EXPANSION), key);
  const mixed: number[] = [];
  S_BOXES.forEach((box, index) => {
    const [a, b, c, d, e, f] = wide.slice(6 * index, 6 * index + 6) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const row = a * 2 + f;
    const column = b * 8 + c * 4 + d * 2 + e;
    const value = Number.parseInt(box.charAt(row * 16 + column), 16);
    mixed.push((value >> 3) & 1, (value >> 2) & 1, (value >> 1) & 1, value & 1);
  });
  return permute(mixed, ROUND_PERMUTATION);
}

function roundKeys(key: Uint8Array): Bits[] {
  const chosen = permute(toBits(key), KEY_CHOICE_1);
  let left = chosen.slice(0, 28);
  let right = chosen.slice(28);
  return KEY_SHIFTS.map((shift) => {
    left = [...left.slice(shift), ...left.slice(0, shift)];
    right = [...right.slice(shift), ...right.slice(0, shift)];
    return permute([...left, ...right], KEY_CHOICE_2);
  });
}

function permute(bits: Bits, table: readonly number[]): number[] {
  return table.map((place) => bits[place - 1]!);
}

function exclusiveOr(left: Bits, right: Bits): number[] {
  return left.map((bit, index) => bit ^ right[index]!);
}

function toBits(bytes: Uint8Array): number[] {
  const bits: number[] = [];
  for (const byte of bytes) for (let bit = 7; bit >= 0; bit -= 1) bits.push((byte >> bit) & 1);
  return bits;
}

function fromBits(bits: Bits): Uint8Array {
  const bytes = new Uint8Array(bits.length / 8);
  bits.forEach((bit, index) => {
    bytes[index >> 3] = bytes[index >> 3]! | (bit << (7 - (index & 7)));
  });
  return bytes;
}
