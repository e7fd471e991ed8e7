import { isGuid, NIL_GUID } from '../bytes';
import { damaged, SECTOR_BYTES } from '../mbr';
import {
  ENTRIES_LIMIT,
  entriesSectors,
  type GptPartition,
  type GuidPartitionTable,
  NAME_UNITS,
} from './table';

/** Where a table stands, or will stand, for the offsets of refusals. */
export interface TablePlace {
  readonly diskSectors: number;
  /** Sector of the header, and of the first entry. */
  readonly headerSector: number;
  readonly entriesSector: number;
}

const ADVICE = 'Move, shrink or delete one of the partitions.';

/**
 * Throws a DiskFormatError at the first thing that is wrong with a table: entries outside the usable sectors or over each
 * other, a usable range that leaves no room for the tables, values that an entry cannot hold.
 */
export function validateTable(table: GuidPartitionTable, place: TablePlace): void {
  validateRange(table, place);
  for (const partition of table.partitions) validateEntry(partition, table, place);
  const sorted = [...table.partitions].sort((a, b) => a.startSector - b.startSector);
  sorted.forEach((partition, index) => {
    const before = sorted[index - 1];
    if (!before || before.startSector + before.sizeSectors <= partition.startSector) return;
    throw damaged(
      entryPlace(partition, table, place) + 32,
      `partition ${partition.number} starts at sector ${partition.startSector}, inside partition ${before.number}, which ends at ${before.startSector + before.sizeSectors - 1}`,
      ADVICE,
    );
  });
}

function entryPlace({ number }: GptPartition, { entryBytes }: GuidPartitionTable, place: TablePlace): number {
  return place.entriesSector * SECTOR_BYTES + (number - 1) * entryBytes;
}

function validateRange(table: GuidPartitionTable, place: TablePlace): void {
  const { diskSectors, headerSector, entriesSector } = place;
  const { firstUsableSector: first, lastUsableSector: last, entryCount, entryBytes } = table;
  const header = headerSector * SECTOR_BYTES;
  if (entryBytes < 128 || entryBytes % 8 !== 0 || entryCount < 1 || entryCount * entryBytes > ENTRIES_LIMIT)
    throw damaged(
      header + 80,
      `a GPT of ${entryCount} entries of ${entryBytes} bytes is not written here`,
      'Use 128 of 128.',
    );
  if (!isGuid(table.diskGuid))
    throw damaged(header + 56, `"${table.diskGuid}" is no disk GUID`, 'Give the disk a GUID.');
  const sectors = entriesSectors(table);
  const lowest = 2 + sectors;
  const highest = diskSectors - 2 - sectors;
  const range = `the sectors ${first} to ${last}`;
  if (entriesSector < 2 || (entriesSector <= last && entriesSector + sectors > first))
    throw damaged(
      header + 72,
      `the GPT puts its own entries at sector ${entriesSector}, and gives ${range} to partitions`,
      'This copy of the GPT is damaged.',
    );
  if (first >= lowest && last <= highest && first <= last + 1) return;
  throw damaged(
    header + 40,
    `the GPT gives ${range} to partitions; on a disk of ${diskSectors} sectors they must lie between ${lowest} and ${highest}`,
    'The disk image is cut short, or the table was made for another disk.',
  );
}

function validateEntry(partition: GptPartition, table: GuidPartitionTable, place: TablePlace): void {
  const { number, startSector, sizeSectors, type, guid, name, attributes } = partition;
  const at = (field: number) => entryPlace(partition, table, place) + field;
  if (!Number.isInteger(number) || number < 1 || number > table.entryCount)
    throw damaged(
      place.entriesSector * SECTOR_BYTES,
      `there is no entry ${number} in a table of ${table.entryCount}`,
      'Choose a lower number, or delete a partition.',
    );
  if (table.partitions.filter((other) => other.number === number).length > 1)
    throw damaged(at(0), `two partitions have the number ${number}`, 'Give each a number of its own.');
  if (!isGuid(type) || type === NIL_GUID)
    throw damaged(at(0), `partition ${number} has the type "${type}"`, 'Give it the GUID of a type.');
  if (!isGuid(guid)) throw damaged(at(16), `partition ${number} has the GUID "${guid}"`, 'Give it a GUID.');
  const last = startSector + sizeSectors - 1;
  if (sizeSectors < 1 || startSector < table.firstUsableSector || last > table.lastUsableSector)
    throw damaged(
      at(32),
      `partition ${number} takes the sectors ${startSector} to ${last}, but those for partitions are ${table.firstUsableSector} to ${table.lastUsableSector}`,
      ADVICE,
    );
  if (attributes < 0n || attributes >> 64n !== 0n)
    throw damaged(at(48), `partition ${number} has the attributes ${attributes}`, '64 bits are valid.');
  if (name.length > NAME_UNITS)
    throw damaged(
      at(56),
      `the name "${name}" of partition ${number} has ${name.length} characters`,
      `${NAME_UNITS} are valid.`,
    );
}
