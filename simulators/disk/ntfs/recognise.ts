import { readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { isNtfsBootSector } from './boot-sector';
import { readExfat } from './exfat';
import { readFat } from './fat';
import { readNtfs } from './ntfs-volume';
import type { VolumeIdentity } from './volume-identity';

/**
 * The file system of a volume, its label and serial number; undefined for one that none of these is on, which Windows calls
 * RAW. Throws a DiskFormatError where the boot sector names a file system and what it points to is damaged.
 */
export function recogniseVolume(volume: SectorReader): VolumeIdentity | undefined {
  if (volume.sizeBytes < SECTOR_BYTES) return undefined;
  const sector = readSectors(volume, 0);
  if (isNtfsBootSector(sector)) {
    const { label, boot } = readNtfs(volume);
    return { fileSystem: 'NTFS', label, serial: boot.serial };
  }
  return readExfat(volume, sector) ?? readFat(volume, sector);
}
