/** Bytes that a UTF-16 unit takes at most; the second unit of a pair adds one more. */
export const LONGEST_UNIT = 3;

/** Writes text as UTF-8 at `at`, where there must be room, and returns where it ends. Half a pair becomes U+FFFD. */
export function writeUtf8(into: Uint8Array, at: number, text: string): number {
  let end = at;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      into[end++] = unit;
      continue;
    }
    const point = text.codePointAt(index)!;
    end = writePoint(into, end, point >= 0xd800 && point <= 0xdfff ? 0xfffd : point);
    if (point >= 0x1_0000) index += 1;
  }
  return end;
}

/** The code point must be none of ASCII. */
function writePoint(into: Uint8Array, at: number, point: number): number {
  let end = at;
  if (point < 0x800) {
    into[end++] = 0xc0 | (point >> 6);
  } else {
    if (point < 0x1_0000) {
      into[end++] = 0xe0 | (point >> 12);
    } else {
      into[end++] = 0xf0 | (point >> 18);
      into[end++] = 0x80 | ((point >> 12) & 0x3f);
    }
    into[end++] = 0x80 | ((point >> 6) & 0x3f);
  }
  into[end++] = 0x80 | (point & 0x3f);
  return end;
}

/** Text as UTF-8. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(LONGEST_UNIT * text.length);
  return bytes.subarray(0, writeUtf8(bytes, 0, text)).slice();
}
