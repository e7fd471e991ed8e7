import { DiskFormatError } from '../bytes';
import { parseRecord } from './parse-record';
import { type LdmRecord, RECORD_STATUS } from './records';
import { joinFragments, joinWholeRecords } from './vblk';
import { VMDB_STATUS, type Vmdb } from './vmdb';

/** A disk's copy of the whole group's database. */
export interface SettledRecords {
  readonly records: readonly LdmRecord[];
  /** Byte offset on the disk of each record, by its place in `records`. */
  readonly recordOffsets: readonly number[];
}

/**
 * The header as the last complete transaction left it: from the state `commit` on the pending one counts as done (LGPL
 * code for the states). Settling it again changes nothing. `offset` is where it stands on the disk, in bytes.
 */
export function settleHeader(vmdb: Vmdb, offset: number): Vmdb {
  if (vmdb.status !== VMDB_STATUS.commit) return vmdb;
  const { pendingTransaction, committedTransaction, pendingCounts } = vmdb;
  if (pendingTransaction < committedTransaction)
    throw new DiskFormatError(
      offset,
      `a transaction ${pendingTransaction} was committed after ${committedTransaction}`,
      `The LDM database says that transaction ${pendingTransaction} followed ${committedTransaction}. It is damaged.`,
    );
  return { ...vmdb, committedTransaction: pendingTransaction, counts: pendingCounts };
}

/**
 * The records as the last complete transaction left them. In the state `change` new records are not valid yet, and those
 * that shall go still are. From `commit` on it is the other way round. In between a record may lack fragments; it is one of
 * those that do not count.
 *
 * @param area the VBLKs @param offset of them on the disk, in bytes
 */
export function settledRecords(vmdb: Vmdb, area: Uint8Array, offset: number): SettledRecords {
  const isDone = vmdb.status === VMDB_STATUS.commit;
  const isTakenBack = vmdb.status === VMDB_STATUS.change || vmdb.status === VMDB_STATUS.abort;
  const isClean = !isDone && !isTakenBack;
  const raw = (isClean ? joinFragments : joinWholeRecords)(area, vmdb.vblkBytes, offset);
  const read = raw.map((one) => ({ record: parseRecord(one), offset: one.offsetOf(0) }));
  const dropped = isDone ? RECORD_STATUS.toBeDeleted : RECORD_STATUS.toBeAdded;
  const valid = isClean ? read : read.filter(({ record }) => record.status !== dropped);
  return {
    records: valid.map(({ record }) => (isClean ? record : { ...record, status: RECORD_STATUS.active })),
    recordOffsets: valid.map((one) => one.offset),
  };
}
