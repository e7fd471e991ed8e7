import { hasAscii, readU32, readU64 } from '../bytes';
import { HiveFormatError } from './hive-format-error';
import { SECTOR } from './log-header';
import { marvin32 } from './marvin32';

export const ENTRY_HEAD = 40;

/** Bytes to put at an offset of the bins (counted from the end of the base block). */
export interface Page {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A log entry of Windows 8.1 and later: the changes of one flush. */
interface LogEntry {
  readonly sequence: number;
  /** Flags of the base block at the time: 1 while transactions are pending. */
  readonly flags: number;
  readonly binsSize: number;
  readonly pages: readonly Page[];
}

/** Where and why the row of sound entries ended. That is the rule, not the exception: old entries follow the last. */
export interface LogEntries {
  readonly entries: readonly LogEntry[];
  readonly end: HiveFormatError | undefined;
}

/**
 * The entries of a new log whose sequence numbers go up by one from `sequence`. The first entry that is damaged,
 * only partly written or out of the row ends the reading, as it ends the replay on Windows.
 */
export function readLogEntries(log: Uint8Array, sequence: number): LogEntries {
  const entries: LogEntry[] = [];
  let expected = sequence;
  for (let at = SECTOR; at < log.length; ) {
    try {
      const entry = readEntry(log, at, expected);
      entries.push(entry);
      expected = (expected + 1) >>> 0;
      at += readU32(log, at + 4);
    } catch (error) {
      if (!(error instanceof HiveFormatError)) throw error;
      return { entries, end: error };
    }
  }
  return { entries, end: undefined };
}

function readEntry(log: Uint8Array, at: number, expected: number): LogEntry {
  const refuse = (field: number, reason: string) => new HiveFormatError(at + field, reason);
  if (at + ENTRY_HEAD > log.length || !hasAscii(log, at, 'HvLE'))
    throw refuse(0, 'no log entry ("HvLE") follows');
  const size = readU32(log, at + 4);
  if (size < SECTOR || size % SECTOR !== 0 || at + size > log.length) {
    throw refuse(4, `a log entry of ${size} bytes is not made of whole sectors inside of the log`);
  }
  const sequence = readU32(log, at + 12);
  if (sequence !== expected) throw refuse(12, `log entry ${sequence} stands where ${expected} should follow`);
  const binsSize = readU32(log, at + 16);
  if (binsSize === 0 || binsSize % 4096 !== 0) {
    throw refuse(16, `bins of ${binsSize} bytes are not made of whole pages`);
  }
  if (marvin32(log.subarray(at, at + 32)) !== readU64(log, at + 32)) {
    throw refuse(32, 'the hash over the head of a log entry is wrong');
  }
  if (marvin32(log.subarray(at + ENTRY_HEAD, at + size)) !== readU64(log, at + 24)) {
    throw refuse(24, 'the hash over the pages of a log entry is wrong');
  }
  return { sequence, flags: readU32(log, at + 8), binsSize, pages: readPages(log, at, size, binsSize) };
}

function readPages(log: Uint8Array, at: number, size: number, binsSize: number): Page[] {
  const count = readU32(log, at + 20);
  const references = at + ENTRY_HEAD;
  let from = references + 8 * count;
  const pages: Page[] = [];
  for (let reference = references; reference < references + 8 * count; reference += 8) {
    if (from > at + size) throw new HiveFormatError(at + 20, `a log entry cannot hold ${count} pages`);
    const offset = readU32(log, reference);
    const length = readU32(log, reference + 4);
    if (offset + length > binsSize || from + length > at + size) {
      throw new HiveFormatError(reference, 'a page of a log entry lies outside of the bins or of the entry');
    }
    pages.push({ offset, bytes: log.subarray(from, from + length) });
    from += length;
  }
  return pages;
}
