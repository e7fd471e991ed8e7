import { readU16, readU64 } from '../bytes';
import { type NtfsAttribute, readAttributes } from './attributes';
import { isInUse, openFileRecord } from './file-record';

const FOLDER = 2;

export interface FileRecord {
  /** Where it stands on the volume (bytes). */
  readonly offset: number;
  /** Counts how often the record was given to another file. */
  readonly sequence: number;
  readonly inUse: boolean;
  readonly folder: boolean;
  /** An extension of another record, whose attributes belong to that one. */
  readonly extension: boolean;
  /** None where the record is not in use. */
  readonly attributes: readonly NtfsAttribute[];
}

/**
 * Reads a record of the master file table. Undefined where the record was never used. `offset` is where it stands on
 * the volume. Throws a DiskFormatError for one that is damaged, or was written half.
 */
export function readFileRecord(stored: Uint8Array, offset: number): FileRecord | undefined {
  if (stored.subarray(0, 4).every((byte) => byte === 0)) return undefined;
  const record = openFileRecord(stored, offset);
  const inUse = isInUse(record);
  return {
    offset,
    sequence: readU16(record, 0x10),
    inUse,
    folder: (readU16(record, 0x16) & FOLDER) !== 0,
    extension: readU64(record, 0x20) !== 0n,
    attributes: inUse ? readAttributes(record, offset) : [],
  };
}
