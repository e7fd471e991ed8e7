import { DiskFormatError } from '../../disk/bytes';
import { hasProtectiveMbr, readGpt } from '../../disk/gpt';
import {
  isExtended,
  type MasterBootRecord,
  parseMbr,
  readMbr,
  readSectors,
  SECTOR_BYTES,
  type SectorReader,
} from '../../disk/mbr';

/** A partition of any type. Sectors are absolute. */
export interface TablePartition {
  /** Windows' number: primary partitions and logical drives from 1 on. The extended partition itself is 0. */
  readonly number: number;
  /** Linux' number: the entry's place in the table; logical drives count from 5 on. */
  readonly entry: number;
  readonly kind: 'primary' | 'extended' | 'logical';
  /** MBR system indicator (u8), or GPT type GUID in lower case. */
  readonly type: number | string;
  readonly startSector: number;
  readonly sizeSectors: number;
  readonly active: boolean;
  /** GPT unique partition GUID. */
  readonly guid: string | undefined;
  /** GPT attributes (u64); 0 in a master boot record, which has none. */
  readonly attributes: bigint;
}

/** What the tables of a disk say. */
export interface DiskTable {
  readonly style: 'mbr' | 'gpt' | 'raw';
  /** MBR disk signature (u32). */
  readonly signature: number | undefined;
  /** GPT disk GUID, lower case. */
  readonly guid: string | undefined;
  readonly sectors: number;
  /** The sectors that partitions may take, from the first to the last. */
  readonly firstUsable: number;
  readonly lastUsable: number;
  /** In the order of their places on the disk. */
  readonly partitions: readonly TablePartition[];
}

/** Reads the tables of a disk. @throws Error with a sentence where they are damaged. */
export function readDiskTable(disk: SectorReader): DiskTable {
  const sectors = Math.floor(disk.sizeBytes / SECTOR_BYTES);
  const raw = emptyTable(sectors);
  if (sectors === 0) return raw;
  if (hasProtectiveMbr(disk)) return gptTable(disk, raw);
  const mbr = readMbr(disk);
  return mbr ? mbrTable(mbr, raw) : raw;
}

/** The primary partitions alone, where no more can be read: what a damaged chain of logical drives leaves of a disk. */
export function readPrimaryTable(disk: SectorReader): DiskTable | undefined {
  try {
    const mbr = hasProtectiveMbr(disk) ? undefined : parseMbr(readSectors(disk, 0));
    return mbr && mbrTable(mbr, emptyTable(Math.floor(disk.sizeBytes / SECTOR_BYTES)));
  } catch (error) {
    if (error instanceof DiskFormatError) return undefined;
    throw error;
  }
}

function emptyTable(sectors: number): DiskTable {
  return {
    style: 'raw',
    signature: undefined,
    guid: undefined,
    sectors,
    firstUsable: 1,
    lastUsable: sectors - 1,
    partitions: [],
  };
}

function mbrTable(mbr: MasterBootRecord, raw: DiskTable): DiskTable {
  return {
    ...raw,
    style: 'mbr',
    signature: mbr.signature,
    partitions: numbered(
      mbr.partitions.map(({ number, ...partition }) => ({
        ...partition,
        entry: number,
        kind: number > 4 ? 'logical' : isExtended(partition.type) ? 'extended' : 'primary',
        guid: undefined,
        attributes: 0n,
      })),
    ),
  };
}

function gptTable(disk: SectorReader, raw: DiskTable): DiskTable {
  const gpt = readGpt(disk);
  if (!gpt) return raw;
  return {
    ...raw,
    style: 'gpt',
    guid: gpt.diskGuid,
    firstUsable: gpt.firstUsableSector,
    lastUsable: gpt.lastUsableSector,
    partitions: numbered(
      gpt.partitions.map(({ number, ...partition }) => ({
        ...partition,
        entry: number,
        kind: 'primary',
        active: false,
      })),
    ),
  };
}

/** Windows counts what it finds, primary partitions first; gaps in the table leave no gaps in the numbers. */
function numbered(entries: readonly Omit<TablePartition, 'number'>[]): TablePartition[] {
  const counted = entries
    .filter(({ kind }) => kind !== 'extended')
    .sort((a, b) => a.entry - b.entry)
    .map(({ entry }) => entry);
  return entries
    .map(({ entry, kind, type, startSector, sizeSectors, active, guid, attributes }) => ({
      number: kind === 'extended' ? 0 : counted.indexOf(entry) + 1,
      entry,
      kind,
      type,
      startSector,
      sizeSectors,
      active,
      guid,
      attributes,
    }))
    .sort((a, b) => a.startSector - b.startSector || a.number - b.number);
}
