import { type Patch, SECTOR_BYTES } from '../mbr';
import { crc32 } from './crc32';
import { encodeEntries } from './entries';
import { encodeHeader } from './header';
import { entriesSectors, type GuidPartitionTable, PRIMARY_ENTRIES_SECTOR } from './table';
import { validateTable } from './validate';

const PRIMARY_SECTOR = 1;

/**
 * Both copies of a table, the backup first: where the writing stops half-way, one of them is whole and at its place (UEFI
 * 2.10, section 5.3.2). Sector 0 is not among them. Throws a DiskFormatError for a table that does not fit the disk.
 */
export function gptPatches(table: GuidPartitionTable, diskSectors: number): Patch[] {
  const backupSector = diskSectors - 1;
  return [
    ...copyPatches(table, diskSectors, {
      own: backupSector,
      other: PRIMARY_SECTOR,
      entries: backupSector - entriesSectors(table),
    }),
    ...copyPatches(table, diskSectors, {
      own: PRIMARY_SECTOR,
      other: backupSector,
      entries: table.primaryEntriesSector ?? PRIMARY_ENTRIES_SECTOR,
    }),
  ];
}

/** One copy: its entries (those of the table, or these bytes), then the header that makes them valid. */
export function copyPatches(
  table: GuidPartitionTable,
  diskSectors: number,
  sectors: { readonly own: number; readonly other: number; readonly entries: number },
  rawEntries?: Uint8Array,
): Patch[] {
  validateTable(table, { diskSectors, headerSector: sectors.own, entriesSector: sectors.entries });
  const entries = rawEntries ?? encodeEntries(table);
  const padded = new Uint8Array(entriesSectors(table) * SECTOR_BYTES);
  padded.set(entries);
  const header = encodeHeader({
    ...table,
    ownSector: sectors.own,
    otherSector: sectors.other,
    entriesSector: sectors.entries,
    entriesCrc: crc32(entries),
  });
  return [
    { offsetBytes: sectors.entries * SECTOR_BYTES, bytes: padded },
    { offsetBytes: sectors.own * SECTOR_BYTES, bytes: header },
  ];
}
