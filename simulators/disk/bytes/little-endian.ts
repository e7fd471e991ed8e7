/** Little-endian integers of on-disk structures. Reads past the end throw a RangeError, as DataView does. */

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function readU16(bytes: Uint8Array, offset: number): number {
  return view(bytes).getUint16(offset, true);
}

export function readU32(bytes: Uint8Array, offset: number): number {
  return view(bytes).getUint32(offset, true);
}

export function readI32(bytes: Uint8Array, offset: number): number {
  return view(bytes).getInt32(offset, true);
}

export function readU64(bytes: Uint8Array, offset: number): bigint {
  return view(bytes).getBigUint64(offset, true);
}

export function writeU16(bytes: Uint8Array, offset: number, value: number): void {
  view(bytes).setUint16(offset, value, true);
}

export function writeU32(bytes: Uint8Array, offset: number, value: number): void {
  view(bytes).setUint32(offset, value, true);
}

export function writeI32(bytes: Uint8Array, offset: number, value: number): void {
  view(bytes).setInt32(offset, value, true);
}

export function writeU64(bytes: Uint8Array, offset: number, value: bigint): void {
  view(bytes).setBigUint64(offset, value, true);
}
