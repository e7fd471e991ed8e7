import { guidFromBytes, guidToBytes, hasAscii, readU32, writeU32, writeU64 } from '../bytes';
import { damaged, SECTOR_BYTES } from '../mbr';
import { crc32 } from './crc32';
import { parseSector } from './entries';
import { ENTRIES_LIMIT } from './table';

const SIGNATURE = 'EFI PART';
const HEADER_BYTES = 92;
const REVISION = 0x0001_0000;
const ADVICE = 'This copy of the GPT is damaged.';

/** A GPT header (UEFI 2.10, section 5.3.2). Sectors are absolute. */
export interface GptHeader {
  /** Where this header stands, and where the other one does. */
  readonly ownSector: number;
  readonly otherSector: number;
  readonly firstUsableSector: number;
  readonly lastUsableSector: number;
  readonly diskGuid: string;
  readonly entriesSector: number;
  readonly entryCount: number;
  readonly entryBytes: number;
  readonly entriesCrc: number;
}

export function hasHeaderSignature(sector: Uint8Array): boolean {
  return hasAscii(sector, 0, SIGNATURE);
}

/** Parses the header that stands in sector `place`; throws a DiskFormatError for one that is not sound. */
export function parseHeader(header: Uint8Array, place: number): GptHeader {
  const offset = place * SECTOR_BYTES;
  const refuse = (at: number, reason: string) => damaged(offset + at, reason, ADVICE);
  const headerBytes = readU32(header, 12);
  if (headerBytes < HEADER_BYTES || headerBytes > SECTOR_BYTES) {
    throw refuse(
      12,
      `the GPT header in sector ${place} says it has ${headerBytes} bytes; ${HEADER_BYTES} to ${SECTOR_BYTES} are valid`,
    );
  }
  const checked = header.slice(0, headerBytes);
  checked.fill(0, 16, 20);
  requireCrc(`GPT header in sector ${place}`, readU32(header, 16), crc32(checked), offset + 16);
  if (readU32(header, 8) >>> 16 !== REVISION >>> 16) {
    throw refuse(
      8,
      `the GPT header in sector ${place} has the revision 0x${readU32(header, 8).toString(16)}`,
    );
  }
  const ownSector = parseSector(header, 24, offset);
  if (ownSector !== place) {
    throw refuse(24, `the GPT header in sector ${place} says that it stands in sector ${ownSector}`);
  }
  const entryCount = readU32(header, 80);
  const entryBytes = readU32(header, 84);
  if (entryBytes < 128 || entryBytes % 8 !== 0 || entryCount * entryBytes > ENTRIES_LIMIT) {
    throw refuse(
      80,
      `the GPT in sector ${place} has ${entryCount} entries of ${entryBytes} bytes, which cannot be right`,
    );
  }
  return {
    ownSector,
    otherSector: parseSector(header, 32, offset),
    firstUsableSector: parseSector(header, 40, offset),
    lastUsableSector: parseSector(header, 48, offset),
    diskGuid: guidFromBytes(header, 56),
    entriesSector: parseSector(header, 72, offset),
    entryCount,
    entryBytes,
    entriesCrc: readU32(header, 88),
  };
}

/** The sector of a header, its checksum included. */
export function encodeHeader(header: GptHeader): Uint8Array {
  const sector = new Uint8Array(SECTOR_BYTES);
  sector.set(Array.from(SIGNATURE, (character) => character.charCodeAt(0)));
  writeU32(sector, 8, REVISION);
  writeU32(sector, 12, HEADER_BYTES);
  writeU64(sector, 24, BigInt(header.ownSector));
  writeU64(sector, 32, BigInt(header.otherSector));
  writeU64(sector, 40, BigInt(header.firstUsableSector));
  writeU64(sector, 48, BigInt(header.lastUsableSector));
  sector.set(guidToBytes(header.diskGuid), 56);
  writeU64(sector, 72, BigInt(header.entriesSector));
  writeU32(sector, 80, header.entryCount);
  writeU32(sector, 84, header.entryBytes);
  writeU32(sector, 88, header.entriesCrc);
  writeU32(sector, 16, crc32(sector.subarray(0, HEADER_BYTES)));
  return sector;
}

/** Throws a DiskFormatError where a checksum is not that of the bytes. */
export function requireCrc(what: string, stored: number, computed: number, offset: number): void {
  if (stored === computed) return;
  const hex = (value: number) => `0x${value.toString(16).padStart(8, '0')}`;
  throw damaged(
    offset,
    `the ${what} has the checksum ${hex(stored)}, but its bytes give ${hex(computed)}`,
    ADVICE,
  );
}
