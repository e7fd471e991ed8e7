import { hasAscii, readU16, writeU16 } from '../bytes';
import { damaged } from '../mbr';

/** Bytes that one entry of the update sequence array protects, whatever the sector size. */
const STRIDE = 512;

/** A structure whose last two bytes of each 512 are kept in an update sequence array. */
export interface ProtectedKind {
  readonly mark: 'FILE' | 'INDX';
  /** With its article, for errors. */
  readonly name: string;
  readonly advice: string;
}

/**
 * The structure as a program sees it: the last two bytes of each 512 put back. `offset` is where it stands on the volume.
 * Throws a DiskFormatError for one that is not sound, or was written half.
 */
export function restoreUpdateSequence(stored: Uint8Array, offset: number, kind: ProtectedKind): Uint8Array {
  const record = stored.slice();
  if (record.length < STRIDE || !hasAscii(record, 0, kind.mark))
    throw damaged(offset, `${kind.name} does not start with ${kind.mark}`, kind.advice);
  const { start, blocks } = updateSequence(record, offset, kind);
  const number = readU16(record, start);
  for (let block = 0; block < blocks; block += 1) {
    const end = block * STRIDE + STRIDE - 2;
    if (readU16(record, end) !== number)
      throw damaged(
        offset + end,
        `${kind.name} was written half: its block ${block + 1} has the update sequence number ${readU16(record, end)}, not ${number}`,
        kind.advice,
      );
    writeU16(record, end, readU16(record, start + 2 + block * 2));
  }
  return record;
}

/** The bytes to store for a structure that `restoreUpdateSequence` gave: with the next update sequence number. */
export function sealUpdateSequence(record: Uint8Array, kind: ProtectedKind): Uint8Array {
  const stored = record.slice();
  const { start, blocks } = updateSequence(stored, 0, kind);
  const number = (readU16(stored, start) % 0xffff) + 1;
  writeU16(stored, start, number);
  for (let block = 0; block < blocks; block += 1) {
    const end = block * STRIDE + STRIDE - 2;
    writeU16(stored, start + 2 + block * 2, readU16(stored, end));
    writeU16(stored, end, number);
  }
  return stored;
}

function updateSequence(
  record: Uint8Array,
  offset: number,
  kind: ProtectedKind,
): { start: number; blocks: number } {
  const start = readU16(record, 4);
  const blocks = readU16(record, 6) - 1;
  const end = start + 2 + blocks * 2;
  if (blocks !== record.length / STRIDE || start % 2 !== 0 || start < 0x28 || end > STRIDE - 2)
    throw damaged(
      offset + 4,
      `the update sequence array of ${kind.name} of ${record.length} bytes is said to have ${blocks + 1} numbers at ${start}`,
      kind.advice,
    );
  return { start, blocks };
}
