import { type DiskFormatError, decodeUtf16, readU16, readU32, readU64 } from '../bytes';
import { damaged } from '../mbr';
import { FILE_RECORD_ADVICE } from './file-record';

/** Types of attributes (Windows Internals, "File records"). */
export const AttributeType = {
  attributeList: 0x20,
  fileName: 0x30,
  volumeName: 0x60,
  volumeInformation: 0x70,
  data: 0x80,
  indexRoot: 0x90,
  indexAllocation: 0xa0,
  bitmap: 0xb0,
} as const;

/** Flags of an attribute whose clusters do not hold its content as it is: compressed, encrypted, sparse. */
export const PACKED = 0xc001;

/** A resident attribute: its content, and where that starts in the record. */
export interface ResidentAttribute {
  readonly contentOffset: number;
  readonly content: Uint8Array;
}

export interface NtfsAttribute {
  readonly type: number;
  readonly name: string;
  readonly flags: number;
  /** Content of a resident attribute; undefined for one in clusters. */
  readonly content: Uint8Array | undefined;
  /** Where that starts in the record. */
  readonly contentOffset: number;
  /** For one in clusters: its first cluster number, sizes in bytes and encoded runs. */
  readonly lowestCluster: number;
  readonly allocatedBytes: number;
  readonly dataBytes: number;
  /** What lies behind these bytes was never written, and reads as zero. */
  readonly initializedBytes: number;
  readonly runs: Uint8Array;
}

const END_OF_ATTRIBUTES = 0xffffffff;
const NO_BYTES = new Uint8Array(0);
/** Bytes of the head of a resident attribute, and of one in clusters. */
const HEAD = { resident: 0x18, inClusters: 0x40, packed: 0x48 } as const;

/** The first unnamed resident attribute of a type, undefined where there is none. */
export function findAttribute(
  record: Uint8Array,
  type: number,
  offset: number,
): ResidentAttribute | undefined {
  for (const { at, length } of places(record, offset)) {
    if (readU32(record, at) === type && record[at + 8] === 0 && record[at + 9] === 0)
      return readContent(record, at, length, offset);
  }
  return undefined;
}

/**
 * All attributes of a record that `openFileRecord` gave. `offset` is where the record stands on the volume. Throws a
 * DiskFormatError for one that does not fit.
 */
export function readAttributes(record: Uint8Array, offset: number): NtfsAttribute[] {
  return [...places(record, offset)].map(({ at, length }) => {
    const type = readU32(record, at);
    const name = readName(record, at, length, offset);
    const flags = readU16(record, at + 0x0c);
    if (record[at + 8] === 0) {
      const { content, contentOffset } = readContent(record, at, length, offset);
      const sizes = { allocatedBytes: 0, dataBytes: content.length, initializedBytes: content.length };
      return { type, name, flags, content, contentOffset, lowestCluster: 0, ...sizes, runs: NO_BYTES };
    }
    return {
      type,
      name,
      flags,
      content: undefined,
      contentOffset: 0,
      ...readPlaceInClusters(record, at, length, offset),
    };
  });
}

/** Where the attributes of a record stand in it. */
function* places(record: Uint8Array, offset: number): Generator<{ at: number; length: number }> {
  const used = Math.min(readU32(record, 0x18), record.length);
  let at = readU16(record, 0x14);
  if (at < 0x28 || at % 8 !== 0)
    throw refuse(offset + 0x14, `the attributes of a file record cannot start at ${at}`);
  while (at + 4 <= used && readU32(record, at) !== END_OF_ATTRIBUTES) {
    const length = at + 8 <= used ? readU32(record, at + 4) : 0;
    if (length < HEAD.resident || length % 8 !== 0 || at + length > used) {
      const reason = `an attribute at ${at} of a file record has ${length} bytes, of ${used} in use`;
      throw refuse(offset + at + 4, reason);
    }
    yield { at, length };
    at += length;
  }
}

function readName(record: Uint8Array, at: number, length: number, offset: number): string {
  const bytes = 2 * record[at + 9]!;
  const start = readU16(record, at + 0x0a);
  if (start + bytes > length)
    throw refuse(offset + at + 0x0a, `the name of an attribute at ${at} lies outside it`);
  return decodeUtf16(record, at + start, bytes);
}

function readContent(record: Uint8Array, at: number, length: number, offset: number): ResidentAttribute {
  const size = readU32(record, at + 0x10);
  const start = readU16(record, at + 0x14);
  if (start + size > length || start < HEAD.resident)
    throw refuse(offset + at + 0x10, `the ${size} bytes of an attribute at ${at} lie outside it`);
  const contentOffset = at + start;
  return { contentOffset, content: record.slice(contentOffset, contentOffset + size) };
}

function readPlaceInClusters(record: Uint8Array, at: number, length: number, offset: number) {
  const runs = length < HEAD.inClusters ? length + 1 : readU16(record, at + 0x20);
  if (runs > length)
    throw refuse(offset + at + 4, `an attribute in clusters at ${at} has only ${length} bytes`);
  // Compressed and sparse ones say behind their sizes how many clusters they really take.
  const packed = (readU16(record, at + 0x0c) & 0x8001) !== 0 && length >= HEAD.packed;
  return {
    lowestCluster: Number(readU64(record, at + 0x10)),
    allocatedBytes: Number(readU64(record, at + (packed ? 0x40 : 0x28))),
    dataBytes: Number(readU64(record, at + 0x30)),
    initializedBytes: Number(readU64(record, at + 0x38)),
    runs: record.slice(at + runs, at + length),
  };
}

function refuse(offset: number, reason: string): DiskFormatError {
  return damaged(offset, reason, FILE_RECORD_ADVICE);
}
