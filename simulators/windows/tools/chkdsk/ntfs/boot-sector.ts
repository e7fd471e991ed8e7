import { DiskFormatError, hasAscii, readU16, readU64 } from '../../../../disk/bytes';

/** The geometry of an NTFS volume. Lengths in bytes. */
export interface NtfsGeometry {
  readonly clusterBytes: number;
  readonly clusters: number;
  readonly volumeBytes: number;
  /** First byte of the master file table. */
  readonly mftOffset: number;
  readonly recordBytes: number;
}

const LARGEST_CLUSTER = 2 * 1024 * 1024;

/** Reads the parameter block of a boot sector. Throws a DiskFormatError for one of another file system, or damaged. */
export function readGeometry(sector: Uint8Array): NtfsGeometry {
  if (!hasAscii(sector, 3, 'NTFS    ')) throw new DiskFormatError(3, 'the boot sector is not that of NTFS');
  const sectorBytes = readU16(sector, 0x0b);
  if (sectorBytes < 256 || sectorBytes > 4096 || !isPowerOfTwo(sectorBytes)) {
    throw new DiskFormatError(0x0b, `a sector cannot have ${sectorBytes} bytes`);
  }
  const clusterBytes = sectorBytes * factor(sector[0x0d] ?? 0);
  if (!isPowerOfTwo(clusterBytes) || clusterBytes > LARGEST_CLUSTER) {
    throw new DiskFormatError(0x0d, `a cluster cannot have ${clusterBytes} bytes`);
  }
  const volumeBytes = Number(readU64(sector, 0x28)) * sectorBytes;
  const mftOffset = Number(readU64(sector, 0x30)) * clusterBytes;
  const recordBytes = recordSize(sector[0x40] ?? 0, clusterBytes);
  if (!Number.isSafeInteger(volumeBytes) || mftOffset >= volumeBytes) {
    throw new DiskFormatError(0x30, 'the master file table lies outside the volume');
  }
  return {
    clusterBytes,
    clusters: Math.floor(volumeBytes / clusterBytes),
    volumeBytes,
    mftOffset,
    recordBytes,
  };
}

/** Sectors per cluster: a number, or from 0xF4 on the negative exponent of two. */
function factor(value: number): number {
  return value > 0x80 ? 2 ** (256 - value) : value;
}

/** Clusters per record, or as a negative number the exponent of two of its bytes. */
function recordSize(value: number, clusterBytes: number): number {
  const bytes = value > 0x7f ? 2 ** (256 - value) : value * clusterBytes;
  if (bytes < 512 || bytes > 65_536 || !isPowerOfTwo(bytes)) {
    throw new DiskFormatError(0x40, `a file record cannot have ${bytes} bytes`);
  }
  return bytes;
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && Number.isInteger(Math.log2(value));
}
