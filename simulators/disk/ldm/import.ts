import { type Patch, readSectors, type SectorReader } from '../mbr';
import { buildConfig } from './config-region';
import { newest } from './copies';
import { fileTimeOf } from './filetime';
import { type LdmMember, privHeadSectors, readMember } from './member';
import { touchPrivHead } from './privhead';
import { behindMembers } from './resync';
import { touchTocBlock } from './tocblock';
import { touchVmdb, VMDB_STATUS } from './vmdb';

/**
 * Import of a foreign group on a machine without dynamic disks of its own: the group is adopted as it is, with the
 * same GUID and name (MS-DMRP ImportDiskGroup; KB816307 for the other case, which is a merge: see merge.ts).
 * What Windows writes then is not documented. Our choice: the sequence of PRIVHEADs and TOCBLOCKs goes up by one,
 * the database's transaction too, timestamps become `now`; damaged copies are repaired by that. No object changes. Every disk gets the newest database; one
 * whose half of a mirror or column of a RAID-5 is behind stays behind, by one transaction, until `afterResync`.
 *
 * @param disks the present disks of one group
 * @returns per disk what to write
 */
export function importAsIs(disks: readonly SectorReader[], now: Date): Patch[][] {
  const read = membersOfOneGroup(disks);
  return nextTransaction(read, behindMembers(read.map(({ member }) => member)), now);
}

/** One more transaction without a change of objects. The members in `behind` stay behind, by one transaction. */
export function nextTransaction(
  members: ReturnType<typeof membersOfOneGroup>,
  behind: ReadonlySet<LdmMember>,
  now: Date,
): Patch[][] {
  const timestamp = fileTimeOf(now);
  const source = members.reduce((best, each) =>
    each.member.vmdb.committedTransaction > best.member.vmdb.committedTransaction ? each : best,
  );
  const transaction = source.member.vmdb.committedTransaction + 1n;
  const sequence = highestSequence(members.map(({ member }) => member)) + 1n;
  const { vmdb, vmdbSector, tocs } = source.member;
  // In the midst of a transaction its bytes are not what they say.
  const isClean = vmdb.status === VMDB_STATUS.clean;
  const database = readSectors(source.reader, vmdbSector, newest(tocs).block.config.size);

  return members.map(({ reader, member }) => {
    const { privHead } = member;
    const head = touchPrivHead(readSectors(reader, newest(member.privHeads).sector), sequence, timestamp);
    const toc = touchTocBlock(readSectors(reader, newest(member.tocs).sector), sequence);
    const heads = privHeadSectors(member.style, privHead);
    const own = behind.has(member) ? transaction - 1n : transaction;
    const sameRoom = newest(member.tocs).block.config.size * 512 === database.length;
    const config = sameRoom && isClean ? database.slice() : buildConfig(source.member.records, vmdb, member);
    config.set(touchVmdb(config, own, timestamp), 0);
    return [
      ...heads.map((sector) => ({ offsetBytes: sector * 512, bytes: head })),
      ...privHead.tocSectors.map((sector) => ({
        offsetBytes: (privHead.privateStart + sector) * 512,
        bytes: toc,
      })),
      { offsetBytes: member.vmdbSector * 512, bytes: config },
    ];
  });
}

/** Reads disks that must all be dynamic and of one group. */
export function membersOfOneGroup(
  disks: readonly SectorReader[],
): { readonly reader: SectorReader; readonly member: LdmMember }[] {
  const members = disks.map((reader, index) => {
    const member = readMember(reader);
    if (!member)
      throw new Error(
        `Disk ${index} of the import is a basic disk, so it belongs to no disk group. Leave it out.`,
      );
    return { reader, member };
  });
  const groups = new Set(members.map(({ member }) => member.privHead.groupGuid.toLowerCase()));
  if (groups.size !== 1) {
    throw new Error(
      `The disks to import belong to ${groups.size} disk groups (${[...groups].join(', ')}). Import one group at a time.`,
    );
  }
  return members;
}

/** The highest update sequence of all their blocks. */
export function highestSequence(members: readonly LdmMember[]): bigint {
  let best = 0n;
  for (const { privHead, tocs } of members) {
    for (const { updateSequence } of [privHead, ...tocs.map(({ block }) => block)])
      if (updateSequence > best) best = updateSequence;
  }
  return best;
}
