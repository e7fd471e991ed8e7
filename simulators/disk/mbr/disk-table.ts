import { DiskFormatError, sameBytes } from '../bytes';
import { refused } from './damaged';
import { FIRST_LOGICAL, readLogicalDrives } from './extended-partition';
import type { MasterBootRecord, MbrPartition } from './mbr-partition';
import { entryOffset, isExtended } from './partition-entry';
import { parseMbr, replacePartitions } from './partition-table';
import { type Patch, readSectors, SECTOR_BYTES, type SectorReader } from './sectors';
import { validatePrimaries } from './validate-table';
import { logicalPatches } from './write-logical';

/** What was found in the table of a disk, and what is wrong there. */
export interface MbrInspection {
  /** Without logical drives where their chain is damaged. */
  readonly record: MasterBootRecord;
  /** Why the logical drives could not be read. */
  readonly chainDamage: DiskFormatError | undefined;
  /** Entries of sector 0 that overlap, or end beyond the disk: they are in `record` all the same. */
  readonly tableProblem: DiskFormatError | undefined;
}

/**
 * Reads the whole table of a disk: sector 0 and the logical drives of its extended partition, numbered from 5. Returns
 * undefined for a disk that is not initialised; throws a DiskFormatError for a damaged table or chain.
 */
export function readMbr(reader: SectorReader): MasterBootRecord | undefined {
  const record = parseMbr(readSectors(reader, 0));
  return record && withLogicalDrives(reader, record);
}

/** As `readMbr`, but what can be read is given even where something is wrong; throws only for a damaged sector 0. */
export function inspectMbr(reader: SectorReader): MbrInspection | undefined {
  const record = parseMbr(readSectors(reader, 0));
  if (!record) return undefined;
  const sectors = Math.floor(reader.sizeBytes / SECTOR_BYTES);
  const tableProblem = refusalOf(() => validatePrimaries(record.partitions, sectors));
  let whole = record;
  const chainDamage = refusalOf(() => {
    whole = withLogicalDrives(reader, record);
  });
  return { record: whole, chainDamage, tableProblem };
}

function withLogicalDrives(reader: SectorReader, record: MasterBootRecord): MasterBootRecord {
  const partitions = [...record.partitions];
  for (const extended of record.partitions.filter(({ type }) => isExtended(type))) {
    const numberFrom = FIRST_LOGICAL + partitions.length - record.partitions.length;
    partitions.push(...readLogicalDrives(reader, extended, numberFrom));
  }
  return { ...record, partitions };
}

function refusalOf(look: () => void): DiskFormatError | undefined {
  try {
    look();
    return undefined;
  } catch (error) {
    if (error instanceof DiskFormatError) return error;
    throw error;
  }
}

/**
 * What to write so that an initialised disk has exactly these partitions: sector 0 with its boot code and signature
 * kept, and the extended boot records. Sectors that stay as they are, are left out. Throws a DiskFormatError for
 * partitions that overlap, leave the disk, or cannot be named.
 */
export function partitionPatches(reader: SectorReader, partitions: readonly MbrPartition[]): Patch[] {
  const sectors = Math.floor(reader.sizeBytes / SECTOR_BYTES);
  const primaries = partitions.filter(({ number }) => number < FIRST_LOGICAL);
  const drives = partitions.filter(({ number }) => number >= FIRST_LOGICAL);
  const sector = replacePartitions(readSectors(reader, 0), primaries, sectors);
  const extended = primaries.find(({ type }) => isExtended(type));
  if (!extended && drives.length > 0) {
    throw refused(
      entryOffset(1),
      `there is no extended partition for the logical drive ${drives[0]!.number}`,
      'Create one first.',
    );
  }
  const chain = extended ? logicalPatches(extended, drives) : [];
  // The records first: until sector 0 names them, nobody looks at them.
  return [...chain, { offsetBytes: 0, bytes: sector }].filter(
    ({ offsetBytes, bytes }) => !sameBytes(bytes, readSectors(reader, offsetBytes / SECTOR_BYTES)),
  );
}
