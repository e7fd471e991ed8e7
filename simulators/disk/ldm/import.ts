import { type Patch, readSectors, type SectorReader } from '../mbr';
import { newest } from './copies';
import { fileTimeOf } from './filetime';
import { privHeadSectors, readMember } from './member';
import { touchPrivHead } from './privhead';
import { touchTocBlock } from './tocblock';
import { touchVmdb } from './vmdb';

/**
 * Import of a foreign group on a machine without dynamic disks of its own: the group is adopted as it is, with the
 * same GUID and name (MS-DMRP ImportDiskGroup; KB816307 for the other case, which is a merge and not done here).
 * What Windows writes then is not documented. Our choice: the sequence of PRIVHEADs and TOCBLOCKs goes up by one,
 * the database's transaction too, timestamps become `now`; damaged copies are repaired by that. No object changes.
 *
 * @param disks the present disks of one group
 * @returns per disk what to write
 */
export function importAsIs(disks: readonly SectorReader[], now: Date): Patch[][] {
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
  const timestamp = fileTimeOf(now);
  const source = members.reduce((best, each) =>
    each.member.vmdb.committedTransaction > best.member.vmdb.committedTransaction ? each : best,
  );
  const transaction = source.member.vmdb.committedTransaction + 1n;
  const sequence =
    highest(members.flatMap(({ member }) => [member.privHead, ...member.tocs.map(({ block }) => block)])) +
    1n;
  const database = databaseOf(
    source.reader,
    source.member.vmdbSector,
    source.member.tocs[0]!.block.config.size,
  );

  return members.map(({ reader, member }) => {
    const { privHead } = member;
    const head = touchPrivHead(readSectors(reader, newest(member.privHeads).sector), sequence, timestamp);
    const toc = touchTocBlock(readSectors(reader, newest(member.tocs).sector), sequence);
    const heads = privHeadSectors(member.style, privHead);
    const config = database.slice();
    config.set(touchVmdb(config, transaction, timestamp), 0);
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

/** The newest database of the group goes to every disk, so that a disk that was away catches up. */
function databaseOf(reader: SectorReader, sector: number, sectors: number): Uint8Array {
  return readSectors(reader, sector, sectors);
}

function highest(blocks: readonly { readonly updateSequence: bigint }[]): bigint {
  let best = 0n;
  for (const { updateSequence } of blocks) if (updateSequence > best) best = updateSequence;
  return best;
}
