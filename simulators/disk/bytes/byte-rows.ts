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
  let text = '';
  for (let index = 0; index < length; index += 1) text += String.fromCharCode(bytes[start + index]!);
  return text;
}
