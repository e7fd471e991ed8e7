/** Whether the bytes begin with the mark of UTF-16. */
export function isMarkedUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/**
 * Text of a file: UTF-16 and UTF-8 by their marks, else UTF-8, else Windows-1252.
 * (The real console uses its code page; UTF-8 is our choice, as SSH clients expect it.)
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
