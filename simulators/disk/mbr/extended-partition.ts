import { damaged } from './damaged';
import type { MbrPartition } from './mbr-partition';
import { entryOffset, hasTableMark, isExtended, parseEntry, type TableEntry } from './partition-entry';
import { readSectors, SECTOR_BYTES, type SectorReader } from './sectors';

/** Most extended boot records of one disk that are followed. Our limit: Linux has no more than 256 nodes for a disk. */
const LIMIT = 256;

/** Number of the first logical drive. */
export const FIRST_LOGICAL = 5;

const ADVICE = 'The chain of logical drives is damaged; restore that sector from a backup.';

/**
 * The logical drives of an extended partition, in the order of their chain: each extended boot record names one drive
 * (its start counts from that record) and the next record (counted from the extended partition). Throws a
 * DiskFormatError where the chain loops, leaves the partition or lets two things overlap. `numberFrom` is the number of the
 * first; Linux counts as this does.
 */
export function readLogicalDrives(
  reader: SectorReader,
  extended: Pick<TableEntry, 'startSector' | 'sizeSectors'>,
  numberFrom = FIRST_LOGICAL,
): MbrPartition[] {
  const end = extended.startSector + extended.sizeSectors;
  const drives: MbrPartition[] = [];
  const tables = new Set<number>();
  let next: number | undefined = extended.startSector;
  while (next !== undefined) {
    const tableSector: number = next;
    tables.add(tableSector);
    const sector = readSectors(reader, tableSector);
    if (!hasTableMark(sector)) {
      // An extended partition that nobody put a drive into yet.
      if (tables.size === 1 && sector.every((byte) => byte === 0)) break;
      throw damaged(
        tableSector * SECTOR_BYTES + 510,
        `the extended boot record in sector ${tableSector} does not end with 55 AA`,
        ADVICE,
      );
    }
    const { drive, link } = parseExtendedRecord(sector, tableSector);
    if (drive) drives.push({ number: numberFrom + drives.length, ...drive, tableSector });
    next = link && followLink(link, extended, tableSector, tables);
  }
  requireInside(drives, end);
  requireApart(drives, tables);
  return drives;
}

/** Entries 1 and 2 of an extended boot record: a drive with an absolute start, and the link. The rest is unused. */
function parseExtendedRecord(
  sector: Uint8Array,
  tableSector: number,
): { drive: TableEntry | undefined; link: (TableEntry & { at: number }) | undefined } {
  let drive: TableEntry | undefined;
  let link: (TableEntry & { at: number }) | undefined;
  for (const number of [1, 2]) {
    const entry = parseEntry(sector, number, tableSector);
    if (!entry) continue;
    const at = tableSector * SECTOR_BYTES + entryOffset(number);
    if (isExtended(entry.type) ? link : drive) {
      throw damaged(
        at,
        `the extended boot record in sector ${tableSector} names two ${isExtended(entry.type) ? 'next records' : 'drives'}`,
        ADVICE,
      );
    }
    if (isExtended(entry.type)) link = { ...entry, at };
    else drive = { ...entry, startSector: tableSector + entry.startSector };
  }
  return { drive, link };
}

function followLink(
  { at, startSector }: { readonly at: number; readonly startSector: number },
  extended: Pick<TableEntry, 'startSector' | 'sizeSectors'>,
  from: number,
  seen: ReadonlySet<number>,
): number {
  const target = extended.startSector + startSector;
  const complain = (what: string) =>
    damaged(at, `the extended boot record in sector ${from} leads to sector ${target}, ${what}`, ADVICE);
  if (startSector >= extended.sizeSectors)
    throw complain(
      `outside the extended partition, which ends at ${extended.startSector + extended.sizeSectors - 1}`,
    );
  if (seen.has(target)) throw complain('which was read before: the chain is a loop');
  if (seen.size >= LIMIT) throw complain(`the ${LIMIT + 1}th record, where no more than ${LIMIT} are read`);
  return target;
}

function requireInside(drives: readonly MbrPartition[], end: number): void {
  for (const { number, startSector, sizeSectors, tableSector } of drives) {
    const last = startSector + sizeSectors - 1;
    if (sizeSectors > 0 && last < end) continue;
    throw damaged(
      tableSector! * SECTOR_BYTES + entryOffset(1),
      sizeSectors === 0
        ? `logical drive ${number} has no sectors`
        : `logical drive ${number} ends at sector ${last}, outside the extended partition, which ends at ${end - 1}`,
      ADVICE,
    );
  }
}

/** Throws where drives overlap each other, or one lies over an extended boot record. */
export function requireApart(drives: readonly MbrPartition[], tables: Iterable<number>): void {
  const ranges = [
    ...drives.map(({ number, startSector, sizeSectors, tableSector }) => ({
      what: `logical drive ${number}`,
      at: tableSector! * SECTOR_BYTES + entryOffset(1),
      start: startSector,
      end: startSector + sizeSectors,
    })),
    ...[...tables].map((sector) => ({
      what: 'an extended boot record',
      at: sector * SECTOR_BYTES,
      start: sector,
      end: sector + 1,
    })),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  ranges.forEach((range, index) => {
    const before = ranges[index - 1];
    if (!before || before.end <= range.start) return;
    throw damaged(
      range.at,
      `${range.what} starts at sector ${range.start}, inside ${before.what}, which ends at ${before.end - 1}`,
      'Move or shrink one of them.',
    );
  });
}
