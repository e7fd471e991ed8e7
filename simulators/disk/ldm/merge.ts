import { DiskFormatError } from '../bytes';
import { type Patch, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { buildConfig } from './config-region';
import { newest } from './copies';
import { fileTimeOf } from './filetime';
import { assembleGroups, newestMember } from './group';
import { highestSequence, membersOfOneGroup } from './import';
import { type LdmMember, privHeadSectors } from './member';
import { mergeRecords } from './merge-records';
import { regroupPrivHead, touchPrivHead } from './privhead';
import { RecordTree } from './record-tree';
import type { DiskRecord, LdmRecord } from './records';
import { behindMembers } from './resync';
import { touchTocBlock } from './tocblock';
import { buildLog, volumeLogPages } from './volume-log';

type Reader = ReturnType<typeof membersOfOneGroup>[number];

/**
 * Import of a foreign group on a machine that has a primary disk group: the foreign disks join it, and its name and GUID
 * stay (KB816307; MS-DMRP DiskMerge). What Windows writes then is not documented. Our choice: the foreign objects follow
 * the local ones in one database (see merge-records.ts), with a transaction above those of both; PRIVHEADs and
 * TOCBLOCKs of all disks get a sequence above both; MBR disks take over the local value at 0x163. Disks of either group
 * that are absent stay listed, as missing ones. Dirty volumes stay dirty, and disks whose half of a mirror is behind stay behind, by
 * one transaction.
 *
 * @param local the present disks of the primary group
 * @param foreign the present disks of one other group
 * @returns what to write per disk: first the local ones, then the foreign ones. Write the foreign ones first: where the
 * power goes before the end, the next import finishes the merge.
 */
export function importMerge(
  local: readonly SectorReader[],
  foreign: readonly SectorReader[],
  now: Date,
): Patch[][] {
  const own = membersOfOneGroup(local);
  const theirs = membersOfOneGroup(foreign);
  const ownMembers = own.map(({ member }) => member);
  const theirMembers = theirs.map(({ member }) => member);
  const target = newestMember(ownMembers);
  const joining = newestMember(theirMembers);
  const records = mergedRecords(target, joining, ownMembers, theirMembers);
  const transaction = larger(target.vmdb.committedTransaction, joining.vmdb.committedTransaction) + 1n;
  const sequence = highestSequence([...ownMembers, ...theirMembers]) + 1n;
  const timestamp = fileTimeOf(now);
  const { groupName, groupGuid } = target.vmdb;
  const behind = new Set([...behindMembers(ownMembers), ...behindMembers(theirMembers)]);
  const dirty = new Set(
    [ownMembers, theirMembers].flatMap((members) =>
      assembleGroups(members)[0]!
        .volumes.filter((volume) => volume.dirty)
        .map(({ guid }) => guid),
    ),
  );
  const flags = new RecordTree({ ...target, records }).redundantVolumes.map(({ guid }) => dirty.has(guid));
  const signature = ownMembers.find(({ style }) => style === 'mbr')?.privHead.groupSignature;

  return [...own, ...theirs].map(({ reader, member }) => {
    const log = volumeLogPages(transaction, flags, member.log);
    return [
      ...headPatches({ reader, member }, target, signature, sequence, timestamp),
      ...tocPatches({ reader, member }, sequence),
      {
        offsetBytes: member.vmdbSector * SECTOR_BYTES,
        bytes: buildConfig(
          records,
          {
            groupName,
            groupGuid,
            timestamp,
            committedTransaction: behind.has(member) ? transaction - 1n : transaction,
          },
          member,
        ),
      },
      { offsetBytes: member.logSector * SECTOR_BYTES, bytes: buildLog(log) },
    ];
  });
}

/** The objects of the group that the two become. */
function mergedRecords(
  target: LdmMember,
  joining: LdmMember,
  own: readonly LdmMember[],
  theirs: readonly LdmMember[],
): readonly LdmRecord[] {
  const guid = target.privHead.groupGuid.toLowerCase();
  if (joining.privHead.groupGuid.toLowerCase() === guid)
    throw new Error(`Both sides of the merge are the disk group ${guid}. There is nothing to merge.`);
  const known = new Set(disksIn(target).map((disk) => disk.guid.toLowerCase()));
  const guidOf = ({ privHead }: LdmMember) => privHead.diskGuid.toLowerCase();
  const here = new Set(own.map(guidOf));
  const copies = new Set(theirs.map(guidOf).filter((disk) => here.has(disk)));
  const listed = disksIn(joining).filter((disk) => known.has(disk.guid.toLowerCase()));
  const [first] = listed;
  if (!first) return mergeRecords(target.records, joining.records);
  const copy = listed.find((disk) => copies.has(disk.guid.toLowerCase()));
  // A merge that was interrupted after its first disks: the database has the objects already.
  if (!copy && listed.length === disksIn(joining).length) return target.records;
  const disk = copy ?? first;
  throw new DiskFormatError(
    joining.recordOffsets[joining.records.indexOf(disk)] ?? 0,
    `disk ${disk.name} is listed in the primary group already`,
    `Disk ${disk.name} of the foreign group has the GUID ${disk.guid}, which the primary group lists already: it is a copy of that disk. Leave one of them out.`,
  );
}

function disksIn({ records }: LdmMember): DiskRecord[] {
  return records.filter((record) => record.kind === 'disk');
}

function headPatches(
  { reader, member }: Reader,
  target: LdmMember,
  localSignature: number | undefined,
  sequence: bigint,
  timestamp: bigint,
): Patch[] {
  const { style, privHead } = member;
  const signature = style === 'mbr' ? (localSignature ?? privHead.groupSignature) : privHead.groupSignature;
  const { groupGuid: guid, groupName: name } = target.privHead;
  const old = readSectors(reader, newest(member.privHeads).sector);
  const bytes = regroupPrivHead(touchPrivHead(old, sequence, timestamp), { guid, name, signature });
  return privHeadSectors(style, privHead).map((sector) => ({ offsetBytes: sector * SECTOR_BYTES, bytes }));
}

function tocPatches({ reader, member }: Reader, sequence: bigint): Patch[] {
  const bytes = touchTocBlock(readSectors(reader, newest(member.tocs).sector), sequence);
  const { privateStart, tocSectors } = member.privHead;
  return tocSectors.map((sector) => ({ offsetBytes: (privateStart + sector) * SECTOR_BYTES, bytes }));
}

function larger(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}
