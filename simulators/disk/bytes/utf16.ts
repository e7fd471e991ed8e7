/**
 * Text of `length` bytes of UTF-16LE from `start`. Unpaired surrogates are kept, so decoding and encoding again
 * gives the same bytes. An odd last byte is left out. Reads past the end throw a RangeError.
 */
export function decodeUtf16(bytes: Uint8Array, start = 0, length = bytes.length - start): string {
  if (start < 0 || length < 0 || start + length > bytes.length) {
    throw new RangeError(
      `UTF-16 text of ${length} bytes at ${start} does not fit into ${bytes.length} bytes`,
    );
  }
  const parts: string[] = [];
  let units: number[] = [];
  for (let at = start; at + 1 < start + length; at += 2) {
    units.push(bytes[at]! | (bytes[at + 1]! << 8));
    if (units.length === 4096) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
  }
  parts.push(String.fromCharCode(...units));
  return parts.join('');
}

/** UTF-16LE without a terminator. */
export function encodeUtf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    bytes[index * 2] = unit & 0xff;
    bytes[index * 2 + 1] = unit >> 8;
  }
  return bytes;
}

/** Text up to (without) the first NUL. */
export function untilNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
