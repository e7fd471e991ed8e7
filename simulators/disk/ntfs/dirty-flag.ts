import { writeU16 } from '../bytes';
import { type Patch, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { parseNtfsBootSector } from './boot-sector';
import { sealFileRecord } from './file-record';
import { DIRTY, readVolumeRecord, volumeRecordOffsets } from './volume-record';

/**
 * What to write so that an NTFS volume is marked dirty (as Windows does while it writes), or is not (as chkdsk leaves it):
 * $Volume in the master file table and its mirror. Nothing where it is so already. The volume must not be mounted. Throws a
 * DiskFormatError for a damaged volume.
 */
export function dirtyFlagPatches(volume: SectorReader, dirty: boolean): Patch[] {
  const boot = parseNtfsBootSector(readSectors(volume, 0));
  const { record, flags, flagsOffset } = readVolumeRecord(volume, boot);
  const wanted = dirty ? flags | DIRTY : flags & ~DIRTY;
  if (wanted === flags) return [];
  writeU16(record, flagsOffset, wanted);
  const bytes = sealFileRecord(record);
  const { table, mirror } = volumeRecordOffsets(boot);
  readSectors(volume, mirror / SECTOR_BYTES, bytes.length / SECTOR_BYTES);
  return [
    { offsetBytes: mirror, bytes },
    { offsetBytes: table, bytes },
  ];
}
