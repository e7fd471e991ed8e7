const HEX = '0123456789abcdef';

/** The two hex digits of each byte, the first in the low half of the number. */
const digitsOf = Uint16Array.from({ length: 256 }, (_, byte) => {
  return HEX.charCodeAt(byte >> 4) | (HEX.charCodeAt(byte & 15) << 8);
});

/**
 * Writes the bytes `from` to `to` of a list in hex, three characters each, at `at`, where there must be room, and returns
 * where they end. A comma stands before each byte but the list's first, which is the one at `first`.
 */
export function writeHexList(
  into: Uint8Array,
  at: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  first: number,
): number {
  let end = at;
  for (let index = from; index < to; index += 1) {
    const digits = digitsOf[bytes[index]!]!;
    if (index > first) into[end++] = 0x2c;
    into[end++] = digits;
    into[end++] = digits >> 8;
  }
  return end;
}
