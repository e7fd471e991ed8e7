import { DiskFormatError } from '../bytes';
import { parseRecord } from './parse-record';
import { type LdmRecord, RECORD_STATUS } from './records';
import { joinFragments, joinWholeRecords } from './vblk';
import { VMDB_STATUS, type Vmdb } from './vmdb';

export interface SettledDatabase {
  readonly vmdb: Vmdb;
  readonly records: readonly LdmRecord[];
  /** Byte offset on the disk of each record, by its place in `records`. */
  readonly recordOffsets: readonly number[];
}

/**
 * The database as its last complete transaction left it (LGPL code for the states). In the state `change` new records are
 * not valid yet, and those that shall go still are. From `commit` on it is the other way round, and the pending
 * transaction counts as done. In between a record may lack fragments; it is one of those that do not count.
 *
 * @param area the VBLKs @param offset of them on the disk, in bytes
 */
export function settleDatabase(vmdb: Vmdb, area: Uint8Array, offset: number): SettledDatabase {
  const isDone = vmdb.status === VMDB_STATUS.commit;
  const isTakenBack = vmdb.status === VMDB_STATUS.change || vmdb.status === VMDB_STATUS.abort;
  const isClean = !isDone && !isTakenBack;
  const raw = (isClean ? joinFragments : joinWholeRecords)(area, vmdb.vblkBytes, offset);
  const read = raw.map((one) => ({ record: parseRecord(one), offset: one.offsetOf(0) }));
  if (isClean)
    return {
      vmdb,
      records: read.map(({ record }) => record),
      recordOffsets: read.map((one) => one.offset),
    };
  const dropped = isDone ? RECORD_STATUS.toBeDeleted : RECORD_STATUS.toBeAdded;
  const valid = read.filter(({ record }) => record.status !== dropped);
  const { pendingTransaction, pendingCounts } = vmdb;
  if (isDone && pendingTransaction < vmdb.committedTransaction)
    throw new DiskFormatError(
      offset,
      `a transaction ${pendingTransaction} was committed after ${vmdb.committedTransaction}`,
      `The LDM database says that transaction ${pendingTransaction} followed ${vmdb.committedTransaction}. It is damaged.`,
    );
  return {
    vmdb: isDone ? { ...vmdb, committedTransaction: pendingTransaction, counts: pendingCounts } : vmdb,
    records: valid.map(({ record }) => ({ ...record, status: RECORD_STATUS.active })),
    recordOffsets: valid.map((one) => one.offset),
  };
}
