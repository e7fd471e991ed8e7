/** AES-128 (FIPS 197) in CBC mode without padding: keys, vectors and blocks of 16 bytes. */

const BLOCK = 16;
const ROUNDS = 10;

/** x times 2 in the field of AES. */
function double(value: number): number {
  return ((value << 1) ^ (value & 0x80 ? 0x1b : 0)) & 0xff;
}

function multiply(left: number, right: number): number {
  let product = 0;
  for (let factor = left, bits = right; bits > 0; bits >>= 1, factor = double(factor)) {
    if (bits & 1) product ^= factor;
  }
  return product;
}

/** The substitution box and its inverse, computed as FIPS 197, 5.1.1 defines them. */
function substitutionBoxes(): { forward: Uint8Array; inverse: Uint8Array } {
  const forward = new Uint8Array(256);
  const inverse = new Uint8Array(256);
  let value = 1;
  let reciprocal = 1;
  do {
    value ^= double(value); // times 3, a generator
    reciprocal ^= reciprocal << 1; // divided by 3
    reciprocal ^= reciprocal << 2;
    reciprocal ^= reciprocal << 4;
    reciprocal &= 0xff;
    if (reciprocal & 0x80) reciprocal ^= 0x09;
    forward[value] = affine(reciprocal);
  } while (value !== 1);
  forward[0] = 0x63;
  forward.forEach((to, from) => {
    inverse[to] = from;
  });
  return { forward, inverse };
}

function affine(value: number): number {
  const rotated = (bits: number) => (value << bits) | (value >> (8 - bits));
  return (value ^ rotated(1) ^ rotated(2) ^ rotated(3) ^ rotated(4) ^ 0x63) & 0xff;
}

let known: ReturnType<typeof substitutionBoxes> | undefined;

/** Computed by the first who needs them: most programs open no password. */
function boxes(): ReturnType<typeof substitutionBoxes> {
  known ??= substitutionBoxes();
  return known;
}

export function aesCbcEncrypt(key: Uint8Array, vector: Uint8Array, data: Uint8Array): Uint8Array {
  const keys = expandKey(key);
  const result = new Uint8Array(data.length);
  let previous = vector;
  for (let at = 0; at < data.length; at += BLOCK) {
    previous = encryptBlock(keys, exclusiveOr(data.subarray(at, at + BLOCK), previous));
    result.set(previous, at);
  }
  return result;
}

export function aesCbcDecrypt(key: Uint8Array, vector: Uint8Array, data: Uint8Array): Uint8Array {
  const keys = expandKey(key);
  const result = new Uint8Array(data.length);
  let previous = vector;
  for (let at = 0; at < data.length; at += BLOCK) {
    const block = data.subarray(at, at + BLOCK);
    result.set(exclusiveOr(decryptBlock(keys, block), previous), at);
    previous = block;
  }
  return result;
}

function expandKey(key: Uint8Array): Uint8Array {
  const keys = new Uint8Array(BLOCK * (ROUNDS + 1));
  keys.set(key);
  let constant = 1;
  for (let at = BLOCK; at < keys.length; at += 4) {
    const word = [...keys.subarray(at - 4, at)];
    if (at % BLOCK === 0) {
      word.push(word.shift()!);
      word.forEach((byte, index) => {
        word[index] = boxes().forward[byte]!;
      });
      word[0] = word[0]! ^ constant;
      constant = double(constant);
    }
    word.forEach((byte, index) => {
      keys[at + index] = keys[at - BLOCK + index]! ^ byte;
    });
  }
  return keys;
}

function encryptBlock(keys: Uint8Array, block: Uint8Array): Uint8Array {
  let state = exclusiveOr(block, keys.subarray(0, BLOCK));
  for (let round = 1; round <= ROUNDS; round += 1) {
    state = moveRows(state, 4).map((byte) => boxes().forward[byte]!);
    if (round < ROUNDS) state = mixColumns(state, [2, 3, 1, 1]);
    state = exclusiveOr(state, keys.subarray(round * BLOCK, (round + 1) * BLOCK));
  }
  return state;
}

function decryptBlock(keys: Uint8Array, block: Uint8Array): Uint8Array {
  let state: Uint8Array = block;
  for (let round = ROUNDS; round >= 1; round -= 1) {
    state = exclusiveOr(state, keys.subarray(round * BLOCK, (round + 1) * BLOCK));
    if (round < ROUNDS) state = mixColumns(state, [14, 11, 13, 9]);
    state = moveRows(state, -4).map((byte) => boxes().inverse[byte]!);
  }
  return exclusiveOr(state, keys.subarray(0, BLOCK));
}

/** Row r moves by r columns; columns of four bytes lie one after the other. */
function moveRows(state: Uint8Array, step: 4 | -4): Uint8Array {
  return state.map((_byte, index) => state[(index + (index % 4) * step + 4 * BLOCK) % BLOCK]!);
}

function mixColumns(state: Uint8Array, factors: readonly [number, number, number, number]): Uint8Array {
  return state.map((_byte, index) => {
    const column = index - (index % 4);
    return factors.reduce(
      (sum, factor, place) => sum ^ multiply(state[column + ((index + place) % 4)]!, factor),
      0,
    );
  });
}

function exclusiveOr(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.map((byte, index) => byte ^ right[index]!);
}
