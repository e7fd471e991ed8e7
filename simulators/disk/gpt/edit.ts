import { refused, SECTOR_BYTES } from '../mbr';
import type { GptPartition, GuidPartitionTable } from './table';

/** The table with a partition more, in its first unused entry. What is wrong with it, the writing says. */
export function addPartition(
  table: GuidPartitionTable,
  partition: Omit<GptPartition, 'number'>,
): GuidPartitionTable {
  const used = new Set(table.partitions.map(({ number }) => number));
  let number = 1;
  while (used.has(number)) number += 1;
  if (number > table.entryCount) {
    throw refused(
      2 * SECTOR_BYTES,
      `all ${table.entryCount} entries of the GPT are in use`,
      'Delete a partition first.',
    );
  }
  const partitions = [...table.partitions, { number, ...partition }];
  return { ...table, partitions: partitions.sort((a, b) => a.number - b.number) };
}

/** The table without a partition. Throws a DiskFormatError where there is none of this number. */
export function removePartition(table: GuidPartitionTable, number: number): GuidPartitionTable {
  requirePartition(table, number);
  return { ...table, partitions: table.partitions.filter((partition) => partition.number !== number) };
}

/** The table with some fields of a partition changed. Throws a DiskFormatError where there is none of this number. */
export function changePartition(
  table: GuidPartitionTable,
  number: number,
  changes: Partial<Omit<GptPartition, 'number'>>,
): GuidPartitionTable {
  requirePartition(table, number);
  return {
    ...table,
    partitions: table.partitions.map((partition) =>
      partition.number === number ? { ...partition, ...changes } : partition,
    ),
  };
}

/** The table with a new disk GUID and new partition GUIDs, as a disk gets them that was a copy of another. */
export function renewIdentifiers(table: GuidPartitionTable, newGuid: () => string): GuidPartitionTable {
  return {
    ...table,
    diskGuid: newGuid().toLowerCase(),
    partitions: table.partitions.map((partition) => ({ ...partition, guid: newGuid().toLowerCase() })),
  };
}

/** A run of sectors that no partition takes. */
export interface FreeRange {
  readonly startSector: number;
  readonly sizeSectors: number;
}

/** The usable sectors that no partition takes, in disk order. */
export function freeRanges(table: GuidPartitionTable): FreeRange[] {
  const ranges: FreeRange[] = [];
  let startSector = table.firstUsableSector;
  const until = (end: number) => {
    if (end > startSector) ranges.push({ startSector, sizeSectors: end - startSector });
  };
  for (const partition of [...table.partitions].sort((a, b) => a.startSector - b.startSector)) {
    until(partition.startSector);
    startSector = partition.startSector + partition.sizeSectors;
  }
  until(table.lastUsableSector + 1);
  return ranges;
}

function requirePartition(table: GuidPartitionTable, number: number): void {
  if (table.partitions.some((partition) => partition.number === number)) return;
  throw refused(
    2 * SECTOR_BYTES,
    `the GPT has no partition ${number}`,
    `It has ${table.partitions.map((partition) => partition.number).join(', ') || 'none'}.`,
  );
}
