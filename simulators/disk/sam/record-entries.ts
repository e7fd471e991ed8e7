import { readU32, writeU32 } from '../bytes';
import type { ValuePlace } from '../registry';
import { SamError } from './sam-error';

/** One variable part of a SAM record, with the number that stands beside its offset and length. */
export interface RecordEntry {
  readonly data: Uint8Array;
  readonly extra: number;
}

/** Number beside the security descriptor, which is each record's first part. */
export const DESCRIPTOR_REVISION = 0x10002;

/**
 * The variable parts of a SAM record: `count` times {offset, length, extra} (u32 each) from `tableOffset`, offsets
 * counted from the end of the table (seen in the SAM sample: 17 parts in an account's V, 4 in an alias's C).
 * Throws a SamError, with the offset of the table's entry, for parts outside of the record.
 */
export function readEntries(
  record: Uint8Array,
  tableOffset: number,
  count: number,
  place: ValuePlace,
): RecordEntry[] {
  requireTable(record, tableOffset, count, place);
  return Array.from({ length: count }, (_x, index) => {
    const data = partAt(record, tableOffset, count, index, place).slice();
    return { data, extra: readU32(record, tableOffset + 12 * index + 8) };
  });
}

/** One part of a record as `readEntries` takes it apart, as a view of the record. */
export function readEntry(
  record: Uint8Array,
  tableOffset: number,
  count: number,
  index: number,
  place: ValuePlace,
): Uint8Array {
  requireTable(record, tableOffset, count, place);
  return partAt(record, tableOffset, count, index, place);
}

function partAt(
  record: Uint8Array,
  tableOffset: number,
  count: number,
  index: number,
  place: ValuePlace,
): Uint8Array {
  const at = tableOffset + 12 * index;
  const start = tableOffset + 12 * count + readU32(record, at);
  const end = start + readU32(record, at + 4);
  if (end > record.length) {
    throw new SamError(
      place,
      at,
      `part ${index} of the SAM record ends at ${end}, past its ${record.length} bytes`,
    );
  }
  return record.subarray(start, end);
}

function requireTable(record: Uint8Array, tableOffset: number, count: number, place: ValuePlace): void {
  if (record.length >= tableOffset + 12 * count) return;
  throw new SamError(
    place,
    record.length,
    `the SAM record has ${record.length} bytes, too few for its table of ${count} parts`,
  );
}

/** A record with the given head, table and parts, each part aligned to four bytes. */
export function writeEntries(head: Uint8Array, entries: readonly RecordEntry[]): Uint8Array {
  const base = head.length + 12 * entries.length;
  const aligned = (length: number) => Math.ceil(length / 4) * 4;
  const record = new Uint8Array(entries.reduce((size, { data }) => size + aligned(data.length), base));
  record.set(head);
  let offset = 0;
  entries.forEach(({ data, extra }, index) => {
    const at = head.length + 12 * index;
    writeU32(record, at, offset);
    writeU32(record, at + 4, data.length);
    writeU32(record, at + 8, extra);
    record.set(data, base + offset);
    offset += aligned(data.length);
  });
  return record;
}
