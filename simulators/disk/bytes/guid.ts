import { fromHex, toHex } from './hex';

/** The GUID of sixteen zero bytes. */
export const NIL_GUID = '00000000-0000-0000-0000-000000000000';

/** Lower-case text without braces of the 16 bytes at `offset` (first three groups little-endian, as on disk). */
export function guidFromBytes(bytes: Uint8Array, offset = 0): string {
  if (offset < 0 || offset + 16 > bytes.length) {
    throw new RangeError(`a GUID at ${offset} does not fit into ${bytes.length} bytes`);
  }
  const hex = (from: number, to: number) => toHex(bytes.subarray(offset + from, offset + to));
  // A copy in any case: `slice` of a Node.js Buffer would turn the caller's own bytes round.
  const swapped = (from: number, to: number) =>
    toHex(Uint8Array.from(bytes.subarray(offset + from, offset + to)).reverse());
  return `${swapped(0, 4)}-${swapped(4, 6)}-${swapped(6, 8)}-${hex(8, 10)}-${hex(10, 16)}`;
}

/** The 16 on-disk bytes of a GUID text, with or without braces, in any case. Throws a TypeError on other text. */
export function guidToBytes(text: string): Uint8Array {
  const digits = bareGuid(text);
  const group = (from: number, to: number) => fromHex(digits.slice(from, to));
  const bytes = new Uint8Array(16);
  bytes.set(group(0, 8).reverse(), 0);
  bytes.set(group(9, 13).reverse(), 4);
  bytes.set(group(14, 18).reverse(), 6);
  bytes.set(group(19, 23), 8);
  bytes.set(group(24, 36), 10);
  return bytes;
}

export function isGuid(text: string): boolean {
  return /^(\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(
    text,
  );
}

/** Lower case, no braces. Throws a TypeError when `text` is no GUID. */
export function bareGuid(text: string): string {
  if (!isGuid(text)) throw new TypeError(`"${text}" is not a GUID`);
  return text.toLowerCase().replace(/[{}]/g, '');
}

/** Lower case, in braces, as BCD names its objects. Throws a TypeError when `text` is no GUID. */
export function bracedGuid(text: string): string {
  return `{${bareGuid(text)}}`;
}
