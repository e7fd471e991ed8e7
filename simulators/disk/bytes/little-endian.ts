/**
 * Little-endian integers of on-disk structures. Reads and writes past the end throw a RangeError. Byte by byte up to
 * 32 bits: a codec reads millions of them, and a DataView for each costs more than all the rest.
 */

function check(bytes: Uint8Array, offset: number, size: number): void {
  if (!(offset >= 0 && offset + size <= bytes.length)) {
    throw new RangeError(`an integer of ${size} bytes at ${offset} does not fit into ${bytes.length} bytes`);
  }
}

/** 64-bit integers go through these 8 bytes. */
const eight = new DataView(new ArrayBuffer(8));

export function readU16(bytes: Uint8Array, offset: number): number {
  check(bytes, offset, 2);
  return bytes[offset]! | (bytes[offset + 1]! << 8);
}

export function readI32(bytes: Uint8Array, offset: number): number {
  check(bytes, offset, 4);
  return bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24);
}

export function readU32(bytes: Uint8Array, offset: number): number {
  return readI32(bytes, offset) >>> 0;
}

export function readU64(bytes: Uint8Array, offset: number): bigint {
  eight.setUint32(0, readU32(bytes, offset), true);
  eight.setUint32(4, readU32(bytes, offset + 4), true);
  return eight.getBigUint64(0, true);
}

export function writeU16(bytes: Uint8Array, offset: number, value: number): void {
  check(bytes, offset, 2);
  bytes[offset] = value;
  bytes[offset + 1] = value >>> 8;
}

export function writeU32(bytes: Uint8Array, offset: number, value: number): void {
  check(bytes, offset, 4);
  bytes[offset] = value;
  bytes[offset + 1] = value >>> 8;
  bytes[offset + 2] = value >>> 16;
  bytes[offset + 3] = value >>> 24;
}

export function writeI32(bytes: Uint8Array, offset: number, value: number): void {
  writeU32(bytes, offset, value);
}

export function writeU64(bytes: Uint8Array, offset: number, value: bigint): void {
  check(bytes, offset, 8);
  eight.setBigUint64(0, value, true);
  writeU32(bytes, offset, eight.getUint32(0, true));
  writeU32(bytes, offset + 4, eight.getUint32(4, true));
}
