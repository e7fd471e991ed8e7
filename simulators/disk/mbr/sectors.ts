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

/** Reads whole sectors, and says which ones were out of reach. */
export function readSectors(reader: SectorReader, sector: number, count = 1): Uint8Array {
  const offset = sector * SECTOR_BYTES;
  const length = count * SECTOR_BYTES;
  if (sector < 0 || offset + length > reader.sizeBytes) {
    throw new RangeError(
      `Sectors ${sector} to ${sector + count - 1} lie outside the disk, which has ${Math.floor(reader.sizeBytes / SECTOR_BYTES)} sectors. The metadata that points there is damaged, or the disk image is cut short.`,
    );
  }
  const bytes = reader.read(offset, length);
  if (bytes.length !== length) {
    throw new Error(
      `Reading ${length} bytes at offset ${offset} returned ${bytes.length} bytes. Check the disk image or the device for read errors.`,
    );
  }
  return bytes;
}
