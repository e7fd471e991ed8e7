import { readU16 } from '../bytes';
import { type Patch, readSectors, refused, SECTOR_BYTES, type SectorReader } from '../mbr';
import { parseNtfsBootSector } from './boot-sector';

/** Size of $Boot: the boot sector and 15 more for code. */
export const BOOT_FILE_BYTES = 16 * SECTOR_BYTES;
/** What belongs to the volume: the OEM name and the BIOS parameter block. */
const KEPT = { start: 3, end: 0x54 };

/**
 * What to write for other boot code on an NTFS volume (`bootsect`): `bootCode` is a whole $Boot, 1 to 16 sectors, whose own BIOS
 * parameter block is left out. The rest of the 16 sectors becomes zero. The copy of the boot sector at the end of the
 * volume stays as it is. Throws a DiskFormatError for a volume that is no NTFS, or code without its mark.
 */
export function bootCodePatches(volume: SectorReader, bootCode: Uint8Array): Patch[] {
  const before = readSectors(volume, 0);
  parseNtfsBootSector(before);
  if (bootCode.length < SECTOR_BYTES || bootCode.length > BOOT_FILE_BYTES) {
    throw refused(
      0,
      `the boot code has ${bootCode.length} bytes`,
      `An NTFS volume has room for ${SECTOR_BYTES} to ${BOOT_FILE_BYTES}.`,
    );
  }
  if (readU16(bootCode, 510) !== 0xaa55)
    throw refused(510, 'the boot code has no 55 AA at the end of its first sector', 'Give a whole $Boot.');
  readSectors(volume, 0, BOOT_FILE_BYTES / SECTOR_BYTES);
  const bytes = new Uint8Array(BOOT_FILE_BYTES);
  bytes.set(bootCode);
  bytes.set(before.subarray(KEPT.start, KEPT.end), KEPT.start);
  return [{ offsetBytes: 0, bytes }];
}
