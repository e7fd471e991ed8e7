import { DiskFormatError, decodeUtf16, hasAscii, readU16, readU32, readU64 } from '../../../../disk/bytes';

export const AttributeType = {
  fileName: 0x30,
  volumeName: 0x60,
  volumeInformation: 0x70,
  data: 0x80,
  indexAllocation: 0xa0,
} as const;

export interface NtfsAttribute {
  readonly type: number;
  readonly name: string;
  /** Content of a resident attribute; undefined for one in clusters. */
  readonly content: Uint8Array | undefined;
  /** For one in clusters: its first cluster number, sizes in bytes and encoded runs. */
  readonly lowestCluster: number;
  readonly allocatedBytes: number;
  readonly dataBytes: number;
  readonly runs: Uint8Array;
}

export interface FileRecord {
  readonly inUse: boolean;
  readonly folder: boolean;
  /** An extension of another record, whose attributes belong to that one. */
  readonly extension: boolean;
  readonly attributes: readonly NtfsAttribute[];
}

const SECTOR = 512;

/**
 * Reads a record of the master file table, its sectors' last words put back from the update sequence. Undefined where
 * the record was never used. Throws a DiskFormatError for a torn or damaged one; the offset counts from its start.
 */
export function readFileRecord(raw: Uint8Array): FileRecord | undefined {
  if (readU32(raw, 0) === 0) return undefined;
  if (!hasAscii(raw, 0, 'FILE')) throw new DiskFormatError(0, 'a file record does not start with "FILE"');
  const bytes = withFixups(raw);
  const flags = readU16(bytes, 0x16);
  const inUse = (flags & 1) !== 0;
  return {
    inUse,
    folder: (flags & 2) !== 0,
    extension: readU64(bytes, 0x20) !== 0n,
    attributes: inUse ? readAttributes(bytes) : [],
  };
}

function withFixups(raw: Uint8Array): Uint8Array {
  const bytes = raw.slice();
  const at = readU16(bytes, 4);
  const count = readU16(bytes, 6);
  if (at + 2 * count > bytes.length || (count - 1) * SECTOR > bytes.length) {
    throw new DiskFormatError(4, 'the update sequence does not fit into the record');
  }
  for (let index = 1; index < count; index += 1) {
    const end = index * SECTOR - 2;
    if (readU16(bytes, end) !== readU16(bytes, at)) {
      throw new DiskFormatError(end, 'a sector of the record is from another write');
    }
    bytes.set(bytes.slice(at + 2 * index, at + 2 * index + 2), end);
  }
  return bytes;
}

function readAttributes(bytes: Uint8Array): NtfsAttribute[] {
  const attributes: NtfsAttribute[] = [];
  let at = readU16(bytes, 0x14);
  while (at + 4 <= bytes.length && readU32(bytes, at) !== 0xffffffff) {
    const length = at + 8 <= bytes.length ? readU32(bytes, at + 4) : 0;
    if (length < 24 || at + length > bytes.length) {
      throw new DiskFormatError(at, `an attribute of ${length} bytes does not fit into the record`);
    }
    attributes.push(readAttribute(bytes.subarray(at, at + length), at));
    at += length;
  }
  return attributes;
}

function readAttribute(bytes: Uint8Array, at: number): NtfsAttribute {
  const type = readU32(bytes, 0);
  const nameBytes = 2 * (bytes[9] ?? 0);
  const nameAt = readU16(bytes, 0x0a);
  if (nameAt + nameBytes > bytes.length)
    throw new DiskFormatError(at + 0x0a, "an attribute's name does not fit");
  const name = decodeUtf16(bytes, nameAt, nameBytes);
  if (bytes[8] === 0) {
    const contentAt = readU16(bytes, 0x14);
    const contentBytes = readU32(bytes, 0x10);
    if (contentAt + contentBytes > bytes.length) {
      throw new DiskFormatError(at + 0x10, "an attribute's content does not fit");
    }
    const content = bytes.subarray(contentAt, contentAt + contentBytes);
    return {
      type,
      name,
      content,
      lowestCluster: 0,
      allocatedBytes: 0,
      dataBytes: contentBytes,
      runs: NO_BYTES,
    };
  }
  if (bytes.length < 0x40 || readU16(bytes, 0x20) > bytes.length) {
    throw new DiskFormatError(at, 'an attribute in clusters is too short');
  }
  // Compressed and sparse ones say behind their sizes how many clusters they really take.
  const packed = (readU16(bytes, 0x0c) & 0x8001) !== 0 && bytes.length >= 0x48;
  return {
    type,
    name,
    content: undefined,
    lowestCluster: Number(readU64(bytes, 0x10)),
    allocatedBytes: Number(readU64(bytes, packed ? 0x40 : 0x28)),
    dataBytes: Number(readU64(bytes, 0x30)),
    runs: bytes.slice(readU16(bytes, 0x20)),
  };
}

const NO_BYTES = new Uint8Array(0);
