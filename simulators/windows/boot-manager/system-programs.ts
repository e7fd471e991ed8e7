import { DiskFormatError } from '../../disk/bytes';
import { partOfDisk, SECTOR_BYTES, type SectorReader } from '../../disk/mbr';
import { type FilePlace, findFileContent, isNtfsBootSector } from '../../disk/ntfs';
import { readDiskTable } from '../disk-tables';

/** The programs of an installed stand-in, each in one piece of the disk. */
export interface SystemPrograms {
  /** `ntoskrnl.exe`: Debian's programs and Node.js. */
  readonly kernel: FilePlace;
  /** `hal.dll`: the resident service and what is around it. */
  readonly hal: FilePlace;
}

/** Upper case names are those of 2003; NTFS as ntfs-3g writes it tells them apart. */
const SYSTEM_ROOTS = ['Windows', 'WINDOWS'];

/**
 * The first installation on a disk, in the order of its partitions: where its programs lie, which is on the way to a
 * running system the same for all disks that hold them there. Undefined where there is none on a plain partition, or one
 * whose programs lie in several pieces.
 */
export function findSystemPrograms(disk: SectorReader): SystemPrograms | undefined {
  for (const { startSector, sizeSectors } of partitionsOf(disk)) {
    for (const root of SYSTEM_ROOTS) {
      const volume = partOfDisk(disk, startSector, sizeSectors);
      const find = (name: string): FilePlace | undefined => {
        const place = placeOf(volume, [root, 'System32', name]);
        return place && { ...place, offsetBytes: place.offsetBytes + startSector * SECTOR_BYTES };
      };
      const kernel = find('ntoskrnl.exe');
      const hal = kernel && find('hal.dll');
      if (hal) return { kernel, hal };
    }
  }
  return undefined;
}

function partitionsOf(disk: SectorReader) {
  return lookedAt(() => readDiskTable(disk).partitions.filter(({ kind }) => kind !== 'extended')) ?? [];
}

/** Where a file lies that is in one piece. */
function placeOf(volume: SectorReader, names: readonly string[]): FilePlace | undefined {
  return lookedAt(() => {
    if (!isNtfsBootSector(volume.read(0, SECTOR_BYTES))) return undefined;
    const places = findFileContent(volume, names)?.places ?? [];
    return places.length === 1 ? places[0] : undefined;
  });
}

/** What a codec makes of it; undefined for what is damaged. */
function lookedAt<Answer>(look: () => Answer): Answer | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof DiskFormatError) return undefined;
    throw error;
  }
}
