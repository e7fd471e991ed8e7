import { plainBytes } from '../bytes';
import { refused } from './damaged';

/** Bytes per sector of every disk here: LDM and MBR both count in 512-byte blocks. */
export const SECTOR_BYTES = 512;

/**
 * The only way the codecs look at a disk. Synchronous, so that it also works on an in-memory image and inside the
 * boot manager's QuickJS. Offsets and lengths are in bytes and always whole sectors.
 */
export interface SectorReader {
  readonly sizeBytes: number;
  read(offsetBytes: number, length: number): Uint8Array;
}

/** Bytes that the caller shall write at an absolute offset of a disk. The codecs never write themselves. */
export interface Patch {
  readonly offsetBytes: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads whole sectors. Throws a DiskFormatError, whose offset is the first byte wanted, where they lie outside the
 * disk or the reader returns less.
 */
export function readSectors(reader: SectorReader, sector: number, count = 1): Uint8Array {
  const offset = sector * SECTOR_BYTES;
  const length = count * SECTOR_BYTES;
  const place = Math.min(Math.max(offset, 0), Number.MAX_SAFE_INTEGER);
  if (sector < 0 || offset + length > reader.sizeBytes) {
    throw refused(
      place,
      `sectors ${sector} to ${sector + count - 1} lie outside the disk, which has ${Math.floor(reader.sizeBytes / SECTOR_BYTES)} sectors`,
      'The metadata that points there is damaged, or the disk image is cut short.',
    );
  }
  const bytes = reader.read(offset, length);
  if (bytes.length !== length) {
    throw refused(
      place,
      `reading ${length} bytes at offset ${offset} returned ${bytes.length} bytes`,
      'Check the disk image or the device for read errors.',
    );
  }
  return plainBytes(bytes);
}

/** A part of a disk as a disk of its own, e.g. a partition for the codec of its file system. */
export function partOfDisk(reader: SectorReader, startSector: number, sizeSectors: number): SectorReader {
  const start = startSector * SECTOR_BYTES;
  const sizeBytes = Math.max(0, Math.min(sizeSectors * SECTOR_BYTES, reader.sizeBytes - start));
  return { sizeBytes, read: (offset, length) => reader.read(start + offset, length) };
}

/** Patches of a part of a disk as patches of the whole disk. */
export function patchesOfDisk(patches: readonly Patch[], startSector: number): Patch[] {
  return patches.map(({ offsetBytes, bytes }) => ({
    offsetBytes: offsetBytes + startSector * SECTOR_BYTES,
    bytes,
  }));
}
