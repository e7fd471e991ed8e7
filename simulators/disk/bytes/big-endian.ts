import { readU16, readU32, writeU16, writeU32, writeU64 } from './little-endian';

/** Big-endian integers of on-disk structures (LDM). Reads and writes past the end throw a RangeError. */

export function readU16BE(bytes: Uint8Array, offset: number): number {
  return swap16(readU16(bytes, offset));
}

export function readU32BE(bytes: Uint8Array, offset: number): number {
  return swap32(readU32(bytes, offset));
}

export function readU64BE(bytes: Uint8Array, offset: number): bigint {
  return (BigInt(readU32BE(bytes, offset)) << 32n) | BigInt(readU32BE(bytes, offset + 4));
}

export function writeU16BE(bytes: Uint8Array, offset: number, value: number): void {
  writeU16(bytes, offset, swap16(value));
}

export function writeU32BE(bytes: Uint8Array, offset: number, value: number): void {
  writeU32(bytes, offset, swap32(value));
}

export function writeU64BE(bytes: Uint8Array, offset: number, value: bigint): void {
  writeU64(bytes, offset, value);
  bytes.subarray(offset, offset + 8).reverse();
}

function swap16(value: number): number {
  return ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
}

function swap32(value: number): number {
  return ((swap16(value) << 16) | swap16(value >>> 16)) >>> 0;
}
