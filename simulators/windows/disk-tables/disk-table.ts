import { hasProtectiveMbr, readGpt } from '../../disk/gpt';
import { inspectMbr, isExtended, SECTOR_BYTES, type SectorReader } from '../../disk/mbr';

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
  /** Why logical drives could not be read; the primary partitions are there all the same. */
  readonly damage: string | undefined;
  /** In the order of their places on the disk. */
  readonly partitions: readonly TablePartition[];
}

/** Reads the tables of a disk. @throws DiskFormatError where no partition can be read. */
export function readDiskTable(disk: SectorReader): DiskTable {
  const sectors = Math.floor(disk.sizeBytes / SECTOR_BYTES);
  const raw: DiskTable = {
    style: 'raw',
    signature: undefined,
    guid: undefined,
    sectors,
    firstUsable: 1,
    lastUsable: sectors - 1,
    damage: undefined,
    partitions: [],
  };
  if (sectors === 0) return raw;
  if (hasProtectiveMbr(disk)) return gptTable(disk, raw);
  const inspection = inspectMbr(disk);
  if (!inspection) return raw;
  const { record: mbr, chainDamage } = inspection;
  return {
    ...raw,
    style: 'mbr',
    signature: mbr.signature,
    damage: chainDamage?.message,
    partitions: numbered(
      mbr.partitions.map(({ number, ...partition }) => ({
        ...partition,
        active: partition.active && number <= 4,
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
