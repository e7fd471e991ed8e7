import { type DiskFormatError, hasAscii, readU16, readU32, writeU16 } from '../bytes';
import { damaged } from '../mbr';

/** Bytes that one entry of the update sequence array protects, whatever the sector size. */
const STRIDE = 512;
const IN_USE = 1;
const END_OF_ATTRIBUTES = 0xffffffff;
const ADVICE = 'The file record is damaged; run chkdsk on the volume.';

/** A resident attribute: its content, and where that starts in the record. */
export interface ResidentAttribute {
  readonly contentOffset: number;
  readonly content: Uint8Array;
}

/**
 * A file record as a program sees it: the last two bytes of each 512 put back from the update sequence array. `offset` is where
 * the record stands on the volume. Throws a DiskFormatError for a record that is not sound, or was written half.
 */
export function openFileRecord(stored: Uint8Array, offset: number): Uint8Array {
  const record = stored.slice();
  if (!hasAscii(record, 0, 'FILE')) throw damaged(offset, 'a file record does not start with FILE', ADVICE);
  const { start, blocks } = updateSequence(record, offset);
  const number = readU16(record, start);
  for (let block = 0; block < blocks; block += 1) {
    const end = block * STRIDE + STRIDE - 2;
    if (readU16(record, end) !== number)
      throw damaged(
        offset + end,
        `a file record was written half: its block ${block + 1} has the update sequence number ${readU16(record, end)}, not ${number}`,
        ADVICE,
      );
    writeU16(record, end, readU16(record, start + 2 + block * 2));
  }
  if ((readU16(record, 0x16) & IN_USE) === 0)
    throw damaged(offset + 0x16, 'the file record is marked as unused', ADVICE);
  return record;
}

/** The bytes to store for a record that `openFileRecord` gave: with the next update sequence number. */
export function sealFileRecord(record: Uint8Array): Uint8Array {
  const stored = record.slice();
  const { start, blocks } = updateSequence(stored, 0);
  const number = (readU16(stored, start) % 0xffff) + 1;
  writeU16(stored, start, number);
  for (let block = 0; block < blocks; block += 1) {
    const end = block * STRIDE + STRIDE - 2;
    writeU16(stored, start + 2 + block * 2, readU16(stored, end));
    writeU16(stored, end, number);
  }
  return stored;
}

function updateSequence(record: Uint8Array, offset: number): { start: number; blocks: number } {
  const start = readU16(record, 4);
  const blocks = readU16(record, 6) - 1;
  const end = start + 2 + blocks * 2;
  if (blocks !== record.length / STRIDE || start % 2 !== 0 || start < 0x28 || end > STRIDE - 2)
    throw damaged(
      offset + 4,
      `the update sequence array of a file record of ${record.length} bytes is said to have ${blocks + 1} numbers at ${start}`,
      ADVICE,
    );
  return { start, blocks };
}

/** The first unnamed resident attribute of a type, undefined where there is none. */
export function findAttribute(
  record: Uint8Array,
  type: number,
  offset: number,
): ResidentAttribute | undefined {
  const used = Math.min(readU32(record, 0x18), record.length);
  const refuse = (at: number, reason: string): DiskFormatError => damaged(offset + at, reason, ADVICE);
  let at = readU16(record, 0x14);
  if (at < 0x28 || at % 8 !== 0) throw refuse(0x14, `the attributes of a file record cannot start at ${at}`);
  while (at + 4 <= used && readU32(record, at) !== END_OF_ATTRIBUTES) {
    const length = at + 8 <= used ? readU32(record, at + 4) : 0;
    if (length < 0x18 || length % 8 !== 0 || at + length > used)
      throw refuse(at + 4, `an attribute at ${at} of a file record has ${length} bytes, of ${used} in use`);
    if (readU32(record, at) === type && record[at + 8] === 0 && record[at + 9] === 0) {
      const size = readU32(record, at + 0x10);
      const contentOffset = at + readU16(record, at + 0x14);
      if (contentOffset + size > at + length || contentOffset < at + 0x18)
        throw refuse(at + 0x10, `the ${size} bytes of an attribute at ${at} lie outside it`);
      return { contentOffset, content: record.slice(contentOffset, contentOffset + size) };
    }
    at += length;
  }
  return undefined;
}
