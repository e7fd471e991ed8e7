import { type Patch, readSectors, SECTOR_BYTES, type SectorReader } from '../../mbr';
import { buildConfig, requireWritable } from '../config-region';
import { newest } from '../copies';
import { fileTimeOf } from '../filetime';
import { assembleGroups, newestMember } from '../group';
import type { DiskGroup } from '../group-types';
import { membersOfOneGroup } from '../import';
import { VBLK_BYTES } from '../layout';
import type { LdmMember } from '../member';
import { RecordTree } from '../record-tree';
import { behindMembers, planResync } from '../resync';
import { VMDB_STATUS } from '../vmdb';
import { buildLog, volumeLogPages } from '../volume-log';
import { configChange } from './config-change';
import { GroupDraft } from './group-draft';

export interface GroupChangeOptions {
  readonly now: Date;
  /** Returns a new GUID in text form at each call. */
  readonly newGuid: () => string;
}

/**
 * Changes the objects of a disk group in one transaction on all its disks that are there. PRIVHEADs and TOCBLOCKs stay, as
 * the samples' did in 39 transactions. Volumes whose copies must be made equal are dirty in the log before they
 * exist in the database: a stop in between leaves more volumes dirty than need be, never one too few.
 *
 * @returns per disk what to write, in this order. @throws GroupChangeError and DiskFormatError; nothing is written then
 */
export function changeGroup(
  disks: readonly SectorReader[],
  { now, newGuid }: GroupChangeOptions,
  edit: (draft: GroupDraft) => void,
): Patch[][] {
  const read = membersOfOneGroup(disks);
  const members = read.map(({ member }) => member);
  const source = newestMember(members);
  const transaction = source.vmdb.committedTransaction + 1n;
  const group = assembleGroups(members)[0]!;
  const draft = new GroupDraft(source.records, members, transaction, newGuid, currentComponents(group));
  edit(draft);
  const { records } = draft;
  requireWritable(records, source.vmdbSector * SECTOR_BYTES);
  const dirty = new Set([
    ...group.volumes.filter((volume) => volume.dirty).map(({ guid }) => guid),
    ...draft.unequal,
  ]);
  const before = new RecordTree(source).redundantVolumes;
  const after = new RecordTree({ ...source, records }).redundantVolumes;
  const flags = after.map(({ guid }) => dirty.has(guid));
  const all = Array.from({ length: Math.max(before.length, after.length) }, () => true);
  const behind = behindMembers(members);
  const isBehind = (member: LdmMember) =>
    behind.has(member) || draft.outOfDate.has(member.privHead.diskGuid.toLowerCase());

  return read.map(({ reader, member }) => {
    const log = (volumes: readonly boolean[], held = member.log) =>
      volumeLogPages(transaction, volumes, held);
    const warning = draft.unequal.size > 0 ? log(all) : undefined;
    const own = isBehind(member) ? transaction - 1n : transaction;
    const change = { transaction: own, timestamp: fileTimeOf(now) };
    return [
      ...(warning ? [logPatch(member, warning)] : []),
      ...databasePatches(reader, member, source, draft, change),
      logPatch(member, log(flags, warning)),
    ];
  });
}

/** Where copies differ only the source of the next resynchronisation counts. */
function currentComponents(group: DiskGroup): Set<string> {
  const plans = new Map(planResync(group, () => true).map((plan) => [plan.volume, plan.source]));
  const names = group.volumes.flatMap((volume) => {
    const source = plans.get(volume);
    return source === undefined ? volume.components.map(({ name }) => name) : [source];
  });
  return new Set(names);
}

function logPatch({ logSector }: LdmMember, pages: ReturnType<typeof volumeLogPages>): Patch {
  return { offsetBytes: logSector * SECTOR_BYTES, bytes: buildLog(pages) };
}

/** In steps where that goes; a database that is unclean, or too full for them, is written as a whole. */
function databasePatches(
  reader: SectorReader,
  member: LdmMember,
  source: LdmMember,
  { records }: GroupDraft,
  change: { readonly transaction: bigint; readonly timestamp: bigint },
): Patch[] {
  const { vmdb, vmdbSector, tocs } = member;
  const offset = vmdbSector * SECTOR_BYTES;
  const usual = vmdb.vblkBytes === VBLK_BYTES && vmdb.firstVblk === SECTOR_BYTES;
  if (vmdb.status === VMDB_STATUS.clean && usual) {
    const room = newest(tocs).block.config.size * SECTOR_BYTES;
    const region = readSectors(reader, vmdbSector, newest(tocs).block.config.size);
    const steps = configChange(
      region.subarray(0, Math.min(room, vmdb.slots * VBLK_BYTES)),
      offset,
      records,
      change,
    );
    if (steps) return steps;
  }
  const { groupName, groupGuid } = source.vmdb;
  const header = {
    groupName,
    groupGuid,
    timestamp: change.timestamp,
    committedTransaction: change.transaction,
  };
  return [{ offsetBytes: offset, bytes: buildConfig(records, header, member) }];
}
