import { refused } from './damaged';
import { entryOffset, isExtended, parseEntry } from './partition-entry';
import { requireRecord } from './partition-table';

/**
 * A copy of sector 0 where the primary partition `number` is the active one, or none is where it is undefined. Only
 * the status bytes change. Throws a DiskFormatError for an entry that is unused or no primary partition.
 */
export function setActive(sector: Uint8Array, number: number | undefined): Uint8Array {
  requireRecord(sector, 'whose active partition could be set');
  if (number !== undefined) requirePrimary(sector, number);
  const changed = sector.slice();
  for (const other of [1, 2, 3, 4]) {
    // An unused entry keeps its bytes, whatever they are.
    if (parseEntry(sector, other, 0)) changed[entryOffset(other)] = other === number ? 0x80 : 0;
  }
  return changed;
}

function requirePrimary(sector: Uint8Array, number: number): void {
  if (!Number.isInteger(number) || number < 1 || number > 4) {
    throw refused(
      entryOffset(1),
      `partition ${number} is no primary partition, so it cannot be active`,
      'Choose one of the entries 1 to 4.',
    );
  }
  const entry = parseEntry(sector, number, 0);
  if (entry && !isExtended(entry.type)) return;
  throw refused(
    entryOffset(number),
    entry
      ? `partition ${number} is the extended partition, which holds no boot sector`
      : `entry ${number} of the table is unused`,
    'Choose a primary partition.',
  );
}
