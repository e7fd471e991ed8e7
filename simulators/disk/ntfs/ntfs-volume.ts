import { DiskFormatError, sameBytes } from '../bytes';
import { readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { type NtfsBootSector, parseNtfsBootSector } from './boot-sector';
import { readVolumeRecord } from './volume-record';

export interface NtfsVolume {
  readonly boot: NtfsBootSector;
  readonly label: string;
  readonly version: { readonly major: number; readonly minor: number };
  /** Flags of $VOLUME_INFORMATION. */
  readonly flags: number;
  /** Windows checks the volume at its next start. */
  readonly dirty: boolean;
  /**
   * The copy of the boot sector after the last sector of the volume: the same parameter block, another one, or out of
   * reach, where the partition ends with the volume or is cut short.
   */
  readonly backupBootSector: 'same' | 'different' | 'absent';
}

/**
 * What an NTFS volume says of itself in its boot sector and in $Volume. `volume` starts with the boot sector. Throws a
 * DiskFormatError, whose offset counts from there, for a volume that is damaged or no NTFS.
 */
export function readNtfs(volume: SectorReader): NtfsVolume {
  const sector = readSectors(volume, 0);
  const boot = parseNtfsBootSector(sector);
  const { label, version, flags, dirty } = readVolumeRecord(volume, boot);
  return {
    boot,
    label,
    version,
    flags,
    dirty,
    backupBootSector: compareBackup(volume, sector, boot),
  };
}

function compareBackup(
  volume: SectorReader,
  sector: Uint8Array,
  { totalSectors, bytesPerSector }: NtfsBootSector,
): NtfsVolume['backupBootSector'] {
  try {
    const backup = readSectors(volume, (totalSectors * bytesPerSector) / SECTOR_BYTES);
    return sameBytes(backup.subarray(3, 0x54), sector.subarray(3, 0x54)) ? 'same' : 'different';
  } catch (error) {
    if (error instanceof DiskFormatError) return 'absent';
    throw error;
  }
}
