import { hasAscii, readU16, readU32, readU64 } from '../bytes';
import { damaged, SECTOR_BYTES } from '../mbr';

const ADVICE = 'The boot sector is damaged; its copy in the last sector of the partition may be sound.';

/** The BIOS parameter block of an NTFS volume. Offsets and sizes are in bytes unless they say otherwise. */
export interface NtfsBootSector {
  readonly bytesPerSector: number;
  readonly bytesPerCluster: number;
  /** Sectors of the volume; the copy of the boot sector stands in the one after them. */
  readonly totalSectors: number;
  /** Sectors before the volume on its disk, as the program that formatted it saw them. */
  readonly hiddenSectors: number;
  readonly sectorsPerTrack: number;
  readonly heads: number;
  /** Where the master file table starts, and the mirror of its first records. */
  readonly fileTableOffset: number;
  readonly mirrorOffset: number;
  readonly bytesPerFileRecord: number;
  readonly bytesPerIndexRecord: number;
  /** All 64 bits; `vol` and `dir` show the lower 32 of them. */
  readonly serial: bigint;
}

export function isNtfsBootSector(sector: Uint8Array): boolean {
  return hasAscii(sector, 3, 'NTFS    ');
}

/** Parses the first sector of an NTFS volume. Throws a DiskFormatError for values that no volume has. */
export function parseNtfsBootSector(sector: Uint8Array): NtfsBootSector {
  if (sector.length < SECTOR_BYTES || !isNtfsBootSector(sector)) {
    throw damaged(3, 'this is no NTFS boot sector: "NTFS    " does not stand at byte 3', ADVICE);
  }
  if (readU16(sector, 510) !== 0xaa55)
    throw damaged(510, 'the NTFS boot sector does not end with 55 AA', ADVICE);
  const bytesPerSector = powerOfTwo(readU16(sector, 11), 512, 4096, 11, 'bytes per sector');
  const bytesPerCluster = powerOfTwo(
    bytesPerSector * sectorsPerCluster(sector[13]!),
    bytesPerSector,
    2 << 20,
    13,
    'bytes per cluster',
  );
  const totalSectors = count(sector, 0x28, Number.MAX_SAFE_INTEGER / bytesPerSector, 'sectors');
  const clusters = Math.floor((totalSectors * bytesPerSector) / bytesPerCluster);
  const recordSize = (at: number, what: string) =>
    powerOfTwo(sizeOfRecord(sector[at]!, bytesPerCluster), 512, 1 << 16, at, what);
  return {
    bytesPerSector,
    bytesPerCluster,
    totalSectors,
    hiddenSectors: readU32(sector, 0x1c),
    sectorsPerTrack: readU16(sector, 0x18),
    heads: readU16(sector, 0x1a),
    fileTableOffset: count(sector, 0x30, clusters, 'as the first cluster of $MFT') * bytesPerCluster,
    mirrorOffset: count(sector, 0x38, clusters, 'as the first cluster of $MFTMirr') * bytesPerCluster,
    bytesPerFileRecord: recordSize(0x40, 'bytes per file record'),
    bytesPerIndexRecord: recordSize(0x44, 'bytes per index record'),
    serial: readU64(sector, 0x48),
  };
}

/** Above 0x80 the byte is a negative power of two: clusters of more than 64 KiB (Windows 10 and later). */
function sectorsPerCluster(byte: number): number {
  return byte > 0x80 ? 2 ** (256 - byte) : byte;
}

/** A count of clusters, or as a negative signed byte a power of two in bytes. */
function sizeOfRecord(byte: number, bytesPerCluster: number): number {
  return byte < 0x80 ? byte * bytesPerCluster : 2 ** (256 - byte);
}

function powerOfTwo(value: number, least: number, most: number, at: number, what: string): number {
  if (value >= least && value <= most && Number.isInteger(Math.log2(value))) return value;
  throw damaged(
    at,
    `the NTFS boot sector says ${value} ${what}; a power of two from ${least} to ${most} is valid`,
    ADVICE,
  );
}

function count(sector: Uint8Array, at: number, limit: number, what: string): number {
  const value = readU64(sector, at);
  if (value > 0n && value < BigInt(Math.floor(limit))) return Number(value);
  throw damaged(at, `the NTFS boot sector says ${value} ${what}, which lies outside the volume`, ADVICE);
}
