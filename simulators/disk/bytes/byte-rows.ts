/** Arguments that every engine takes in one call. */
const LONGEST_CALL = 4096;

/** One row of bytes made of the given ones. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * The same bytes as a plain Uint8Array. The Buffer of Node.js is one too, but its `slice` shares the memory, where the
 * codecs rely on a copy.
 */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.constructor === Uint8Array) return bytes;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}

/** Whether the ASCII characters of `text` stand at `offset`. False, not an error, past the end. */
export function hasAscii(bytes: Uint8Array, offset: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[offset + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** One byte per character; code units above 0xff throw a RangeError. */
export function encodeLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0xff) throw new RangeError(`"${text}" has characters beyond Latin-1`);
    bytes[index] = unit;
  }
  return bytes;
}

export function decodeLatin1(bytes: Uint8Array, start = 0, length = bytes.length - start): string {
  if (start < 0 || length < 0 || start + length > bytes.length) {
    throw new RangeError(`text of ${length} bytes at ${start} does not fit into ${bytes.length} bytes`);
  }
  // In one call: a text that grows by a character at a time is slow to compare and to go through later.
  if (length <= LONGEST_CALL) {
    const units: number[] = [];
    for (let at = start; at < start + length; at += 1) units.push(bytes[at]!);
    return String.fromCharCode(...units);
  }
  const half = length >>> 1;
  return decodeLatin1(bytes, start, half) + decodeLatin1(bytes, start + half, length - half);
}
