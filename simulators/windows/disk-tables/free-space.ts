import { SECTOR_BYTES } from '../../disk/mbr';
import type { DiskTable, TablePartition } from './disk-table';

/** A run of sectors, absolute. */
export interface Extent {
  readonly startSector: number;
  readonly sizeSectors: number;
}

const MIB = 2048;
/** Sectors that a master boot record's 32 bits reach: 2 TiB. */
const MBR_SECTORS = 2 ** 32;

/**
 * What Windows aligns partitions to, in sectors: 1 MiB; 64 KiB on disks of less than 4 GB (VDS' documented defaults,
 * and a transcript of a 2 GB stick whose partition starts at 64 KB).
 */
export function defaultAlignment(sectors: number): number {
  return sectors * SECTOR_BYTES < 4 * 2 ** 30 ? 128 : MIB;
}

/**
 * Free runs outside the extended partition, or inside it, in disk order. The last MiB of an MBR disk stays free, and what
 * its table does not reach.
 */
export function freeExtents(table: DiskTable, where: 'primary' | 'logical'): Extent[] {
  if (where === 'logical') {
    const extended = table.partitions.find(({ kind }) => kind === 'extended');
    if (!extended) return [];
    const drives = table.partitions.filter(({ kind }) => kind === 'logical');
    return gaps(extended.startSector, extended.startSector + extended.sizeSectors, drives);
  }
  const used = table.partitions.filter(({ kind }) => kind !== 'logical');
  const last = table.style === 'gpt' ? table.lastUsable + 1 : Math.min(table.sectors - MIB, MBR_SECTORS);
  return gaps(table.firstUsable, last, used);
}

function gaps(from: number, to: number, used: readonly TablePartition[]): Extent[] {
  const free: Extent[] = [];
  let at = from;
  for (const { startSector, sizeSectors } of [...used].sort((a, b) => a.startSector - b.startSector)) {
    if (startSector > at) free.push({ startSector: at, sizeSectors: startSector - at });
    at = Math.max(at, startSector + sizeSectors);
  }
  if (to > at) free.push({ startSector: at, sizeSectors: to - at });
  return free;
}

/** What a new partition shall be like; sizes and offsets in bytes, the alignment in sectors. */
export interface PlaceRequest {
  readonly sizeBytes: number | undefined;
  readonly offsetBytes: number | undefined;
  readonly alignSectors: number;
  /** Sectors that must stay free before the partition: 1 for a logical drive's boot record. */
  readonly headroom: number;
}

/** The place for a new partition: the first gap that is large enough, or the largest one; undefined for none. */
export function placeIn(free: readonly Extent[], request: PlaceRequest): Extent | undefined {
  const { sizeBytes, offsetBytes, alignSectors, headroom } = request;
  const wanted = sizeBytes === undefined ? undefined : Math.floor(sizeBytes / SECTOR_BYTES);
  const start = offsetBytes === undefined ? undefined : Math.floor(offsetBytes / SECTOR_BYTES);
  const places = free
    .map((gap) => {
      const startSector = start ?? Math.ceil((gap.startSector + headroom) / alignSectors) * alignSectors;
      const end = gap.startSector + gap.sizeSectors;
      const room = Math.floor((end - startSector) / alignSectors) * alignSectors;
      return { gap, startSector, sizeSectors: wanted ?? room, end };
    })
    .filter(
      ({ gap, startSector, sizeSectors, end }) =>
        startSector >= gap.startSector + headroom && sizeSectors > 0 && startSector + sizeSectors <= end,
    );
  const best =
    wanted === undefined ? [...places].sort((a, b) => b.sizeSectors - a.sizeSectors)[0] : places[0];
  return best && { startSector: best.startSector, sizeSectors: best.sizeSectors };
}
