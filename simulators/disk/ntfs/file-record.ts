import { hasAscii, readU16, writeU16 } from '../bytes';
import { damaged } from '../mbr';

/** Bytes that one entry of the update sequence array protects, whatever the sector size. */
const STRIDE = 512;
const IN_USE = 1;
export const FILE_RECORD_ADVICE = 'The file record is damaged; run chkdsk on the volume.';

/**
 * A file record as a program sees it: the last two bytes of each 512 put back from the update sequence array. `offset` is where
 * the record stands on the volume. Throws a DiskFormatError for a record that is not sound, or was written half.
 */
export function openFileRecord(stored: Uint8Array, offset: number): Uint8Array {
  const record = stored.slice();
  if (record.length < STRIDE || !hasAscii(record, 0, 'FILE'))
    throw damaged(offset, 'a file record does not start with FILE', FILE_RECORD_ADVICE);
  const { start, blocks } = updateSequence(record, offset);
  const number = readU16(record, start);
  for (let block = 0; block < blocks; block += 1) {
    const end = block * STRIDE + STRIDE - 2;
    if (readU16(record, end) !== number)
      throw damaged(
        offset + end,
        `a file record was written half: its block ${block + 1} has the update sequence number ${readU16(record, end)}, not ${number}`,
        FILE_RECORD_ADVICE,
      );
    writeU16(record, end, readU16(record, start + 2 + block * 2));
  }
  return record;
}

/** Whether a record that `openFileRecord` gave belongs to a file, or is left from a deleted one. */
export function isInUse(record: Uint8Array): boolean {
  return (readU16(record, 0x16) & IN_USE) !== 0;
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
      FILE_RECORD_ADVICE,
    );
  return { start, blocks };
}
