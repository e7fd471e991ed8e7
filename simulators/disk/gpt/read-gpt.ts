import { DiskFormatError, sameBytes } from '../bytes';
import { damaged, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { crc32 } from './crc32';
import { parseEntries } from './entries';
import { type GptHeader, hasHeaderSignature, parseHeader, requireCrc } from './header';
import { type GuidPartitionTable, PRIMARY_ENTRIES_SECTOR } from './table';
import { validateTable } from './validate';

const PRIMARY_SECTOR = 1;

/** One copy of a GPT, as found. */
export type GptCopy =
  | {
      readonly state: 'sound';
      /** Sector of its header, and where its entries start. */
      readonly sector: number;
      readonly entriesSector: number;
      readonly table: GuidPartitionTable;
      /** The entries as they stand on the disk. */
      readonly entries: Uint8Array;
    }
  /** There is no header, or one that is not sound: why, and at which byte. */
  | { readonly state: 'absent' | 'damaged'; readonly sector: number; readonly damage: DiskFormatError };

export interface GptInspection {
  readonly primary: GptCopy;
  readonly backup: GptCopy;
  /** Both are sound and say the same. */
  readonly agree: boolean;
  /** What the disk's partitions are: the primary's, or the backup's where only that is sound. */
  readonly table: GuidPartitionTable | undefined;
}

/**
 * Looks at both copies of a disk's GUID partition table (UEFI 2.10, section 5.3): the primary at sector 1, the backup in
 * the last sector, or where the primary says (a disk that was enlarged). Throws nothing but read errors.
 */
export function inspectGpt(reader: SectorReader): GptInspection {
  const lastSector = Math.floor(reader.sizeBytes / SECTOR_BYTES) - 1;
  const primary = inspectCopy(reader, PRIMARY_SECTOR, lastSector);
  let backup = inspectCopy(reader, Math.max(2, lastSector), lastSector);
  if (backup.state === 'absent' && primary.state === 'sound' && primary.otherSector < lastSector) {
    const moved = inspectCopy(reader, primary.otherSector, lastSector);
    if (moved.state === 'sound') backup = moved;
  }
  const sound = [primary, backup].filter((copy) => copy.state === 'sound');
  return {
    primary: withoutHeader(primary),
    backup: withoutHeader(backup),
    agree: sound.length === 2 && sameContent(sound[0]!, sound[1]!),
    table: sound[0]?.table,
  };
}

/**
 * The table of a disk: the primary, or the backup where the primary is damaged. Undefined for a disk without either; a
 * DiskFormatError where the only ones present are damaged.
 */
export function readGpt(reader: SectorReader): GuidPartitionTable | undefined {
  const { table, primary, backup } = inspectGpt(reader);
  if (table) return table;
  for (const copy of [primary, backup]) if (copy.state === 'damaged') throw copy.damage;
  return undefined;
}

/** Whether two copies say the same, down to bytes of entries that have no meaning. */
function sameContent(left: SoundCopy, right: SoundCopy): boolean {
  return (
    sameBytes(left.entries, right.entries) &&
    left.table.entryCount === right.table.entryCount &&
    left.table.entryBytes === right.table.entryBytes &&
    left.table.diskGuid === right.table.diskGuid &&
    left.table.firstUsableSector === right.table.firstUsableSector &&
    left.table.lastUsableSector === right.table.lastUsableSector
  );
}

type SoundCopy = Extract<GptCopy, { state: 'sound' }> & Pick<GptHeader, 'otherSector'>;
type FoundCopy = SoundCopy | Exclude<GptCopy, { state: 'sound' }>;

function inspectCopy(reader: SectorReader, sector: number, lastSector: number): FoundCopy {
  try {
    const header = sector > lastSector ? undefined : readSectors(reader, sector);
    if (!header || !hasHeaderSignature(header)) {
      const reason = `there is no GPT header in sector ${sector}`;
      const damage = damaged(sector * SECTOR_BYTES, reason, 'The disk has no GPT, or lost this copy of it.');
      return { state: 'absent', sector, damage };
    }
    return readTable(reader, parseHeader(header, sector), lastSector + 1);
  } catch (error) {
    if (!(error instanceof DiskFormatError)) throw error;
    return { state: 'damaged', sector, damage: error };
  }
}

function readTable(reader: SectorReader, header: GptHeader, diskSectors: number): FoundCopy {
  const { ownSector: sector, otherSector, entriesSector, entriesCrc, ...rest } = header;
  const { entryCount, entryBytes, diskGuid, firstUsableSector, lastUsableSector } = rest;
  const length = entryCount * entryBytes;
  const entries = readSectors(reader, entriesSector, Math.ceil(length / SECTOR_BYTES)).subarray(0, length);
  const what = `GPT entries of the header in sector ${sector}`;
  requireCrc(what, entriesCrc, crc32(entries), sector * SECTOR_BYTES + 88);
  const partitions = parseEntries(entries, header, entriesSector * SECTOR_BYTES);
  const elsewhere = sector === PRIMARY_SECTOR && entriesSector !== PRIMARY_ENTRIES_SECTOR;
  const table = {
    ...{ diskGuid, firstUsableSector, lastUsableSector, entryCount, entryBytes, partitions },
    ...(elsewhere ? { primaryEntriesSector: entriesSector } : {}),
  };
  validateTable(table, { diskSectors, headerSector: sector, entriesSector });
  return { state: 'sound', sector, entriesSector, otherSector, table, entries };
}

function withoutHeader(copy: FoundCopy): GptCopy {
  if (copy.state !== 'sound') return copy;
  const { otherSector: _other, ...rest } = copy;
  return rest;
}
