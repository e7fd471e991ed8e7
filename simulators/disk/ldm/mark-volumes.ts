import { type Patch, SECTOR_BYTES, type SectorReader } from '../mbr';
import { newestMember } from './group';
import { membersOfOneGroup, nextTransaction } from './import';
import type { LdmMember } from './member';
import { RecordTree } from './record-tree';
import { buildLog, volumeLogPages } from './volume-log';

/**
 * What to write to the log of each disk of a group so that exactly the volumes in `dirty` (GUIDs) count as being
 * written: before the first write to a mirror or RAID-5, and again, without them, after the last one at an orderly stop.
 * A machine that stops in between leaves them dirty, and `planResync` sees it. Volumes without redundancy do not count.
 */
export function markVolumes(members: readonly LdmMember[], dirty: ReadonlySet<string>): Patch[][] {
  return logPatches(members, dirty, 0n);
}

/**
 * What to write to the present disks of a group when copies have been made equal: one more transaction, with which the
 * disks that were behind catch up, and a log in which only the volumes in `stillDirty` (GUIDs) are dirty.
 */
export function afterResync(
  disks: readonly SectorReader[],
  stillDirty: ReadonlySet<string>,
  now: Date,
): Patch[][] {
  const read = membersOfOneGroup(disks);
  const database = nextTransaction(read, new Set(), now);
  const logs = logPatches(
    read.map(({ member }) => member),
    stillDirty,
    1n,
  );
  return database.map((patches, index) => [...patches, ...logs[index]!]);
}

function logPatches(members: readonly LdmMember[], dirty: ReadonlySet<string>, later: bigint): Patch[][] {
  if (members.length === 0) return [];
  const newest = newestMember(members);
  const flags = new RecordTree(newest).redundantVolumes.map(({ guid }) => dirty.has(guid));
  return members.map(({ log, logSector }) => {
    const pages = volumeLogPages(newest.vmdb.committedTransaction + later, flags, log);
    return [{ offsetBytes: logSector * SECTOR_BYTES, bytes: buildLog(pages) }];
  });
}
