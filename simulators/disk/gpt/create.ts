import { refused, SECTOR_BYTES } from '../mbr';
import { PARTITION_TYPES } from './partition-types';
import {
  ENTRY_BYTES,
  ENTRY_COUNT,
  entriesSectors,
  type GptPartition,
  type GuidPartitionTable,
} from './table';

const MIB = 2048;
const GIB = 1024 * MIB;

export interface NewGpt {
  readonly diskSectors: number;
  /** Returns a new GUID in text form at each call. */
  readonly newGuid: () => string;
  /**
   * The Microsoft reserved partition that diskpart's `convert gpt` makes at sector 34. `classic`: 32 MiB on disks under 16 GiB,
   * else 128 MiB (Microsoft, "Windows and GPT FAQ"). `modern` (Windows 10, Server 2016 and later): it ends at 16 MiB, which diskpart shows as
   * 15 MB [General knowledge]. None where not given.
   */
  readonly reserved?: 'classic' | 'modern';
}

/** The table of an empty disk, with 128 entries. Throws a DiskFormatError for a disk that is too small for it. */
export function createGpt({ diskSectors, newGuid, reserved }: NewGpt): GuidPartitionTable {
  const size = entriesSectors({ entryCount: ENTRY_COUNT, entryBytes: ENTRY_BYTES });
  const firstUsableSector = 2 + size;
  const lastUsableSector = diskSectors - 2 - size;
  const diskGuid = newGuid().toLowerCase();
  const partitions = reserved ? [reservedPartition(reserved, diskSectors, firstUsableSector, newGuid)] : [];
  const [first] = partitions;
  const end = first ? first.startSector + first.sizeSectors - 1 : firstUsableSector;
  if (end > lastUsableSector) {
    throw refused(
      SECTOR_BYTES,
      `a disk of ${diskSectors} sectors is too small for a GPT${reserved ? ' with a Microsoft reserved partition' : ''}`,
      'Use a larger disk, or a master boot record.',
    );
  }
  return {
    diskGuid,
    firstUsableSector,
    lastUsableSector,
    entryCount: ENTRY_COUNT,
    entryBytes: ENTRY_BYTES,
    partitions,
  };
}

function reservedPartition(
  kind: 'classic' | 'modern',
  diskSectors: number,
  startSector: number,
  newGuid: () => string,
): GptPartition {
  const classic = (diskSectors < 16 * GIB ? 32 : 128) * MIB;
  return {
    number: 1,
    type: PARTITION_TYPES.microsoftReserved,
    guid: newGuid().toLowerCase(),
    startSector,
    sizeSectors: kind === 'classic' ? classic : 16 * MIB - startSector,
    name: 'Microsoft reserved partition',
    // Our choice; Windows' setup program also sets "no drive letter", which means nothing for this type.
    attributes: 0n,
  };
}
