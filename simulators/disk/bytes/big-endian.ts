/** Big-endian integers of on-disk structures (LDM). Reads past the end throw a RangeError, as DataView does. */

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function readU16BE(bytes: Uint8Array, offset: number): number {
  return view(bytes).getUint16(offset, false);
}

export function readU32BE(bytes: Uint8Array, offset: number): number {
  return view(bytes).getUint32(offset, false);
}

export function readU64BE(bytes: Uint8Array, offset: number): bigint {
  return view(bytes).getBigUint64(offset, false);
}

export function writeU16BE(bytes: Uint8Array, offset: number, value: number): void {
  view(bytes).setUint16(offset, value, false);
}

export function writeU32BE(bytes: Uint8Array, offset: number, value: number): void {
  view(bytes).setUint32(offset, value, false);
}

export function writeU64BE(bytes: Uint8Array, offset: number, value: bigint): void {
  view(bytes).setBigUint64(offset, value, false);
}
