import { refused } from './damaged';
import type { MbrPartition } from './mbr-partition';
import { entryOffset, isExtended } from './partition-entry';

/** Throws a DiskFormatError at the first thing that is wrong with the four entries of a table. */
export function validatePrimaries(partitions: readonly MbrPartition[], diskSectors?: number): void {
  for (const partition of partitions) validateEntry(partition, diskSectors);
  validateNumbers(partitions);
  const sorted = [...partitions].sort((a, b) => a.startSector - b.startSector);
  sorted.forEach((partition, index) => {
    const before = sorted[index - 1];
    if (before && before.startSector + before.sizeSectors > partition.startSector) {
      throw refused(
        entryOffset(partition.number),
        `partition ${partition.number} starts at sector ${partition.startSector}, inside partition ${before.number}, which ends at ${before.startSector + before.sizeSectors - 1}`,
        'Move or shrink one of them.',
      );
    }
  });
}

function validateNumbers(partitions: readonly MbrPartition[]): void {
  const active = partitions.filter((partition) => partition.active).map(({ number }) => number);
  if (active.length > 1) {
    throw refused(
      entryOffset(active[1]!),
      `partitions ${active.join(' and ')} are all active; a BIOS starts one`,
      'Mark only one of them.',
    );
  }
  const extended = partitions.filter(({ type }) => isExtended(type)).map(({ number }) => number);
  if (extended.length > 1) {
    throw refused(
      entryOffset(extended[1]!),
      `partitions ${extended.join(' and ')} are all extended; a table has one at most`,
      'Put the logical drives into one of them.',
    );
  }
  for (const { number } of partitions) {
    if (partitions.filter((other) => other.number === number).length > 1) {
      throw refused(
        entryOffset(number),
        `two partitions have the number ${number}; the four entries are 1 to 4`,
        'Give each a number of its own.',
      );
    }
  }
}

function validateEntry(partition: MbrPartition, diskSectors?: number): void {
  const { number, type, startSector, sizeSectors } = partition;
  if (!Number.isInteger(number) || number < 1 || number > 4) {
    throw refused(
      entryOffset(1),
      `a master boot record has the entries 1 to 4; there is no entry ${number}`,
      'Logical drives from 5 on stand in an extended partition.',
    );
  }
  const refuse = (reason: string, advice: string) => refused(entryOffset(number), reason, advice);
  if (type < 1 || type > 0xff)
    throw refuse(`partition ${number} has the type ${type}`, '1 to 255 are valid.');
  if (startSector < 1)
    throw refuse(`partition ${number} starts at sector ${startSector}`, 'Sector 0 is the table.');
  if (sizeSectors < 1)
    throw refuse(`partition ${number} has ${sizeSectors} sectors`, 'Give it at least one.');
  const end = startSector + sizeSectors;
  if (end > 0x1_0000_0000) {
    throw refuse(
      `partition ${number} ends at sector ${end - 1}, beyond the 2 TiB that a master boot record can name`,
      'Use GPT.',
    );
  }
  if (diskSectors !== undefined && end > diskSectors) {
    throw refuse(
      `partition ${number} ends at sector ${end - 1}, but the disk has only ${diskSectors} sectors`,
      'Shrink it or enlarge the disk.',
    );
  }
}
