import {
  decodeUtf16,
  encodeUtf16,
  hasAscii,
  readU32,
  readU64,
  untilNul,
  writeU32,
  writeU64,
  xorOfWords,
} from '../bytes';
import { HiveFormatError } from './hive-format-error';

export const BASE_BLOCK_SIZE = 4096;
/** Bytes before the first cell of a bin. */
export const BIN_HEADER = 32;
const CHECKSUM_OFFSET = 508;
const FILE_NAME_OFFSET = 0x30;
const FILE_NAME_SIZE = 64;

/** The header of a hive file (formats.md 1.1; the same field order in every published description of regf). */
export interface BaseBlock {
  readonly primarySequence: number;
  readonly secondarySequence: number;
  /** FILETIME */
  readonly lastWritten: bigint;
  readonly majorVersion: number;
  readonly minorVersion: number;
  /** Offset of the root key's cell, counted from the end of the base block. */
  readonly rootOffset: number;
  /** Size of all bins, in bytes. */
  readonly binsSize: number;
  /** The end of the hive's path, as far as it fits. */
  readonly fileName: string;
  readonly checksumValid: boolean;
}

/** XOR of the first 127 u32 values; 0 and 0xffffffff are replaced, as Windows does. */
function baseBlockChecksum(bytes: Uint8Array): number {
  const sum = xorOfWords(bytes, CHECKSUM_OFFSET / 4);
  if (sum === 0) return 1;
  return sum === 0xffffffff ? 0xfffffffe : sum;
}

/** Whether the first sector of a base block agrees with its checksum. Needs 512 bytes. */
export function checksumValid(bytes: Uint8Array): boolean {
  return readU32(bytes, CHECKSUM_OFFSET) === baseBlockChecksum(bytes);
}

/** Throws a HiveFormatError when the file is no hive of a known version. A wrong checksum is only reported. */
export function readBaseBlock(bytes: Uint8Array): BaseBlock {
  if (bytes.length < BASE_BLOCK_SIZE) {
    throw new HiveFormatError(
      0,
      `the file has ${bytes.length} bytes, less than the ${BASE_BLOCK_SIZE} of a base block`,
    );
  }
  if (!hasAscii(bytes, 0, 'regf')) throw new HiveFormatError(0, 'it does not start with "regf"');
  const majorVersion = readU32(bytes, 0x14);
  const minorVersion = readU32(bytes, 0x18);
  if (majorVersion !== 1 || minorVersion < 2 || minorVersion > 6) {
    throw new HiveFormatError(0x14, `version ${majorVersion}.${minorVersion} is not one of 1.2 to 1.6`);
  }
  return {
    primarySequence: readU32(bytes, 4),
    secondarySequence: readU32(bytes, 8),
    lastWritten: readU64(bytes, 0xc),
    majorVersion,
    minorVersion,
    rootOffset: readU32(bytes, 0x24),
    binsSize: readU32(bytes, 0x28),
    fileName: fileNameOf(bytes),
    checksumValid: checksumValid(bytes),
  };
}

/**
 * The 4096 bytes of a base block with a right checksum.
 *
 * @param previous the base block that the file has so far. What no field here names is kept from it: the ids of the
 *   transaction manager, the time of the last reorganisation, and whatever follows the first sector.
 */
export function encodeBaseBlock(block: Omit<BaseBlock, 'checksumValid'>, previous?: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(BASE_BLOCK_SIZE);
  if (previous !== undefined) bytes.set(previous.subarray(0, BASE_BLOCK_SIZE));
  bytes.set([0x72, 0x65, 0x67, 0x66]); // regf
  writeU32(bytes, 4, block.primarySequence);
  writeU32(bytes, 8, block.secondarySequence);
  writeU64(bytes, 0xc, block.lastWritten);
  writeU32(bytes, 0x14, block.majorVersion);
  writeU32(bytes, 0x18, block.minorVersion);
  writeU32(bytes, 0x1c, 0); // a primary file, not a log
  writeU32(bytes, 0x20, 1); // direct memory load
  writeU32(bytes, 0x24, block.rootOffset);
  writeU32(bytes, 0x28, block.binsSize);
  writeU32(bytes, 0x2c, 1); // cluster factor
  if (fileNameOf(bytes) !== block.fileName) {
    const longest = FILE_NAME_SIZE / 2 - 1;
    bytes.fill(0, FILE_NAME_OFFSET, FILE_NAME_OFFSET + FILE_NAME_SIZE);
    bytes.set(encodeUtf16(block.fileName.slice(-longest)), FILE_NAME_OFFSET);
  }
  sealBaseBlock(bytes);
  return bytes;
}

/** Puts the checksum of a base block (or of its first sector) right. */
export function sealBaseBlock(bytes: Uint8Array): void {
  writeU32(bytes, CHECKSUM_OFFSET, baseBlockChecksum(bytes));
}

function fileNameOf(bytes: Uint8Array): string {
  return untilNul(decodeUtf16(bytes, FILE_NAME_OFFSET, FILE_NAME_SIZE));
}
