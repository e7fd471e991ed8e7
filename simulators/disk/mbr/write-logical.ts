import { refused } from './damaged';
import { FIRST_LOGICAL, requireApart } from './extended-partition';
import type { MbrPartition } from './mbr-partition';
import { entryOffset, writeEntry } from './partition-entry';
import { type Patch, SECTOR_BYTES } from './sectors';

/** Type of the link to the next extended boot record, as every partitioning program writes it. */
const LINK_TYPE = 0x05;
/** Windows since Vista starts drives on 1 MiB boundaries, with the record on the boundary before. */
const ALIGNMENT = 2048;

type PlacedDrive = MbrPartition & { readonly tableSector: number };

/**
 * The extended boot records of these logical drives, chained in the order of their numbers. The first stands at the
 * start of the extended partition, a further one where `tableSector` says, else up to 1 MiB before its drive. Without drives: an empty
 * record. Throws a DiskFormatError for drives that overlap, lie outside or leave no sector for a record.
 */
export function logicalPatches(extended: MbrPartition, drives: readonly MbrPartition[]): Patch[] {
  const chain = placeRecords(extended, drives);
  requireApart(
    chain,
    chain.length > 0 ? chain.map(({ tableSector }) => tableSector) : [extended.startSector],
  );
  if (chain.length === 0) return [recordPatch(extended.startSector, emptyRecord())];
  return chain.map((drive, index) => {
    const { tableSector } = drive;
    const record = emptyRecord();
    const relative = { ...drive, startSector: drive.startSector - tableSector };
    writeEntry(record, 1, relative, drive.startSector);
    const next = chain[index + 1];
    if (next) {
      const link = {
        active: false,
        type: LINK_TYPE,
        startSector: next.tableSector - extended.startSector,
        sizeSectors: next.startSector + next.sizeSectors - next.tableSector,
      };
      writeEntry(record, 2, link, next.tableSector);
    }
    return recordPatch(tableSector, record);
  });
}

function placeRecords(extended: MbrPartition, drives: readonly MbrPartition[]): PlacedDrive[] {
  const sorted = [...drives].sort((a, b) => a.number - b.number);
  const end = extended.startSector + extended.sizeSectors;
  return sorted.map((drive, index) => {
    const { number, type, startSector, sizeSectors } = drive;
    const refuse = (reason: string, advice: string) =>
      refused((drive.tableSector ?? extended.startSector) * SECTOR_BYTES + entryOffset(1), reason, advice);
    if (number !== FIRST_LOGICAL + index)
      throw refuse(
        `there is a logical drive ${number}, but none of the number ${FIRST_LOGICAL + index}`,
        'Number them from 5 on without gaps.',
      );
    if (type < 1 || type > 0xff)
      throw refuse(`logical drive ${number} has the type ${type}`, '1 to 255 are valid.');
    if (sizeSectors < 1) throw refuse(`logical drive ${number} has no sectors`, 'Give it at least one.');
    if (startSector <= extended.startSector || startSector + sizeSectors > end)
      throw refuse(
        `logical drive ${number} takes the sectors ${startSector} to ${startSector + sizeSectors - 1}, but the extended partition has room from ${extended.startSector + 1} to ${end - 1}`,
        'Move or shrink it.',
      );
    const tableSector =
      index === 0 ? extended.startSector : (drive.tableSector ?? defaultPlace(extended, sorted, drive));
    if (tableSector < extended.startSector || tableSector >= startSector)
      throw refuse(
        `logical drive ${number} starts at sector ${startSector}, and its extended boot record would stand at ${tableSector}`,
        'Leave at least one sector for the record before the drive, inside the extended partition.',
      );
    return { ...drive, tableSector };
  });
}

function defaultPlace(extended: MbrPartition, drives: readonly MbrPartition[], drive: MbrPartition): number {
  const ends = drives
    .filter(({ startSector }) => startSector < drive.startSector)
    .map(({ startSector, sizeSectors }) => startSector + sizeSectors);
  return Math.max(extended.startSector + 1, drive.startSector - ALIGNMENT, ...ends);
}

function emptyRecord(): Uint8Array {
  const record = new Uint8Array(SECTOR_BYTES);
  record.set([0x55, 0xaa], 510);
  return record;
}

function recordPatch(sector: number, bytes: Uint8Array): Patch {
  return { offsetBytes: sector * SECTOR_BYTES, bytes };
}
