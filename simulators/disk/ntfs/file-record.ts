import { readU16 } from '../bytes';
import { type ProtectedKind, restoreUpdateSequence, sealUpdateSequence } from './update-sequence';

const IN_USE = 1;
export const FILE_RECORD_ADVICE = 'The file record is damaged; run chkdsk on the volume.';
const FILE_RECORD: ProtectedKind = { mark: 'FILE', name: 'a file record', advice: FILE_RECORD_ADVICE };

/**
 * A file record as a program sees it: the last two bytes of each 512 put back from the update sequence array. `offset` is where
 * the record stands on the volume. Throws a DiskFormatError for a record that is not sound, or was written half.
 */
export function openFileRecord(stored: Uint8Array, offset: number): Uint8Array {
  return restoreUpdateSequence(stored, offset, FILE_RECORD);
}

/** Whether a record that `openFileRecord` gave belongs to a file, or is left from a deleted one. */
export function isInUse(record: Uint8Array): boolean {
  return (readU16(record, 0x16) & IN_USE) !== 0;
}

/** The bytes to store for a record that `openFileRecord` gave: with the next update sequence number. */
export function sealFileRecord(record: Uint8Array): Uint8Array {
  return sealUpdateSequence(record, FILE_RECORD);
}
