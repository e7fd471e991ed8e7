import { type Patch, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { parseNtfsBootSector } from './boot-sector';
import { openFileRecord } from './file-record';

/** $MFTMirr repeats $MFT, $MFTMirr, $LogFile and $Volume, or as many records as a cluster holds. */
const LEAST_RECORDS = 4;

/**
 * What to write so that $MFTMirr is what it repeats. A power cut can come between both: NTFS of Windows goes on with $MFT,
 * while other programs refuse such a volume. Nothing where both are equal. The volume must not be mounted. Throws a
 * DiskFormatError where a record of $MFT is damaged, so that its copy may be the sound one.
 */
export function mirrorPatches(volume: SectorReader): Patch[] {
  const { bytesPerCluster, bytesPerFileRecord, fileTableOffset, mirrorOffset } = parseNtfsBootSector(
    readSectors(volume, 0),
  );
  const records = Math.max(LEAST_RECORDS, bytesPerCluster / bytesPerFileRecord);
  const read = (offset: number) =>
    readSectors(volume, offset / SECTOR_BYTES, bytesPerFileRecord / SECTOR_BYTES);
  const patches: Patch[] = [];
  for (let inside = 0; inside < records * bytesPerFileRecord; inside += bytesPerFileRecord) {
    const original = read(fileTableOffset + inside);
    if (equal(original, read(mirrorOffset + inside))) continue;
    openFileRecord(original, fileTableOffset + inside);
    patches.push({ offsetBytes: mirrorOffset + inside, bytes: original });
  }
  return patches;
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.every((byte, index) => byte === other[index]);
}
