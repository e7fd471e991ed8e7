import { readU32, writeU32, writeU64 } from '../../bytes';

/** The four 32-bit words of state that MD4 and MD5 share. */
export type DigestState = readonly [number, number, number, number];

const INITIAL: DigestState = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

/** Pads a message as MD4 and MD5 do (RFC 1320 and 1321, 3.1-3.2) and runs the compression over its blocks. */
export function digestBlocks(
  message: Uint8Array,
  compress: (state: DigestState, words: Uint32Array) => DigestState,
): Uint8Array {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  writeU64(padded, padded.length - 8, BigInt(message.length) * 8n);
  let state = INITIAL;
  const words = new Uint32Array(16);
  for (let block = 0; block < padded.length; block += 64) {
    for (let index = 0; index < 16; index += 1) words[index] = readU32(padded, block + 4 * index);
    const next = compress(state, words);
    state = [
      (state[0] + next[0]) >>> 0,
      (state[1] + next[1]) >>> 0,
      (state[2] + next[2]) >>> 0,
      (state[3] + next[3]) >>> 0,
    ];
  }
  const digest = new Uint8Array(16);
  state.forEach((word, index) => {
    writeU32(digest, 4 * index, word);
  });
  return digest;
}

export function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
