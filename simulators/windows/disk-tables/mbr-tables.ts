import {
  buildMbr,
  type MbrPartition,
  type Patch,
  parseMbr,
  readSectors,
  SECTOR_BYTES,
  type SectorReader,
} from '../../disk/mbr';
import { isExtended, PartitionType } from './partition-types';

const FIRST_LOGICAL = 5;
const MOST_DRIVES = 128;
/** Windows starts drives on 1 MiB boundaries, with the record on the boundary before. */
const ALIGNMENT = 2048;

/** Sector 0 and the logical drives of its extended partition, numbered from 5; undefined for a disk without a table. */
export function readMbr(disk: SectorReader) {
  const record = parseMbr(readSectors(disk, 0));
  if (!record) return undefined;
  const extended = record.partitions.filter(({ type }) => isExtended(type));
  return {
    ...record,
    partitions: [...record.partitions, ...extended.flatMap((one) => readDrives(disk, one))],
  };
}

/** What to write so that the disk has exactly these partitions; boot code and signature stay. */
export function partitionPatches(disk: SectorReader, partitions: readonly MbrPartition[]): Patch[] {
  const sectors = Math.floor(disk.sizeBytes / SECTOR_BYTES);
  const { bootCode, signature } = parseMbr(readSectors(disk, 0))!;
  const primaries = partitions.filter(({ number }) => number < FIRST_LOGICAL);
  const extended = primaries.find(({ type }) => isExtended(type));
  const drives = partitions.filter(({ number }) => number >= FIRST_LOGICAL);
  const sector = buildMbr({ bootCode, signature, partitions: primaries }, sectors);
  return [...(extended ? chain(extended, drives) : []), { offsetBytes: 0, bytes: sector }];
}

/** Each drive lies behind a record of its own; the record's second entry leads on, counted from the extended partition. */
function readDrives(disk: SectorReader, extended: MbrPartition): MbrPartition[] {
  const drives: MbrPartition[] = [];
  const end = extended.startSector + extended.sizeSectors;
  let at: number | undefined = extended.startSector;
  while (at !== undefined) {
    const record = parseMbr(readSectors(disk, at));
    const drive = record?.partitions.find(({ type }) => !isExtended(type));
    const next = record?.partitions.find(({ type }) => isExtended(type));
    if (drive) {
      const startSector = at + drive.startSector;
      drives.push({ ...drive, number: FIRST_LOGICAL + drives.length, startSector });
    }
    const following: number | undefined = next && extended.startSector + next.startSector;
    if (following !== undefined && (following <= at || following >= end || drives.length >= MOST_DRIVES))
      throw new Error(
        `The chain of logical drives leads from sector ${at} to ${following}, which cannot be.`,
      );
    at = following;
  }
  return drives;
}

function chain(extended: MbrPartition, drives: readonly MbrPartition[]): Patch[] {
  const sorted = [...drives].sort((a, b) => a.startSector - b.startSector);
  if (sorted.length === 0) return [record(extended.startSector, [])];
  const places = sorted.map(({ startSector }, index) => {
    const before = sorted[index - 1];
    if (!before) return extended.startSector;
    return Math.max(before.startSector + before.sizeSectors, startSector - ALIGNMENT);
  });
  return sorted.map(({ type, startSector, sizeSectors }, index) => {
    const place = places[index]!;
    const next = sorted[index + 1];
    const drive = { number: 1, active: false, type, startSector: startSector - place, sizeSectors };
    const link = next && {
      number: 2,
      active: false,
      type: PartitionType.extended,
      startSector: places[index + 1]! - extended.startSector,
      sizeSectors: next.startSector + next.sizeSectors - places[index + 1]!,
    };
    return record(place, link ? [drive, link] : [drive]);
  });
}

/** The two entries count from different sectors, so each is encoded by itself. */
function record(sector: number, partitions: readonly MbrPartition[]): Patch {
  const bytes = new Uint8Array(SECTOR_BYTES);
  for (const partition of partitions) {
    const at = 446 + (partition.number - 1) * 16;
    bytes.set(buildMbr({ signature: 0, partitions: [partition] }).subarray(at, at + 16), at);
  }
  bytes.set([0x55, 0xaa], 510);
  return { offsetBytes: sector * SECTOR_BYTES, bytes };
}
