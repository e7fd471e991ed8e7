import { buildMbr, type MbrPartition, type Patch } from '../mbr';
import type { PlacedExtent } from './allocate';
import {
  BACKUP_PRIVHEADS,
  CONFIG,
  DYNAMIC_TYPE,
  LOG,
  MBR_PUBLIC_START,
  PRIVATE_SECTORS,
  TOC_SECTORS,
} from './layout';
import { buildTocBlock } from './tocblock';

/** The last 1 MiB of a new dynamic disk: two TOCBLOCKs, the database, a clean log, two PRIVHEAD copies. */
export function buildPrivateRegion(privHead: Uint8Array, config: Uint8Array, log: Uint8Array): Uint8Array {
  const region = new Uint8Array(PRIVATE_SECTORS * 512);
  const toc = buildTocBlock({
    updateSequence: 1n,
    config: { name: 'config', ...CONFIG },
    log: { name: 'log', ...LOG },
  });
  for (const sector of TOC_SECTORS) region.set(toc, sector * 512);
  region.set(config, CONFIG.start * 512);
  region.set(log, LOG.start * 512);
  for (const sector of BACKUP_PRIVHEADS) region.set(privHead, sector * 512);
  return region;
}

const TABLE_PART_OFFSET = 0x1b8;

/** A piece of a disk with a table entry of its own; `number` (1 to 4) where it has one already. */
export interface RetainedExtent extends PlacedExtent {
  readonly active: boolean;
  readonly number: number | undefined;
}

/**
 * The signature and table of sector 0, without the boot code. Without retained volumes: one placeholder over the
 * public region, as in the samples. With them: an entry for each, and one for what lies around them, all of type 0x42
 * (KB222188 keeps a system disk's entries; the placeholders around them are our choice).
 */
export function dynamicTablePatch(
  signature: number,
  privateStart: number,
  retained: readonly RetainedExtent[],
): Patch {
  const inOrder = [...retained].sort((a, b) => a.sector - b.sector);
  const partitions = inOrder.some(({ number }) => number !== undefined)
    ? keptEntries(inOrder, privateStart)
    : newEntries(inOrder, privateStart);
  const sector = buildMbr({ signature, partitions });
  return { offsetBytes: TABLE_PART_OFFSET, bytes: sector.slice(TABLE_PART_OFFSET) };
}

/** The placeholder before the first one, the retained ones, and one for the rest. */
function newEntries(retained: readonly RetainedExtent[], privateStart: number): MbrPartition[] {
  const partitions: MbrPartition[] = [];
  let free = MBR_PUBLIC_START;
  const add = (startSector: number, end: number, active: boolean) => {
    if (end > startSector)
      partitions.push({
        number: partitions.length + 1,
        active,
        type: DYNAMIC_TYPE,
        startSector,
        sizeSectors: end - startSector,
      });
    free = end;
  };
  for (const { sector, sizeSectors, active } of retained) {
    add(free, partitions.length === 0 ? sector : free, false);
    add(sector, sector + sizeSectors, active);
  }
  if (partitions.length < 4) add(free, privateStart, false);
  return partitions;
}

/** The retained ones keep their entries, which boot code may go by; placeholders take the free ones, the largest gap first. */
function keptEntries(retained: readonly RetainedExtent[], privateStart: number): MbrPartition[] {
  const kept = retained.map(({ number = 0, sector, sizeSectors, active }) => ({
    number,
    active,
    type: DYNAMIC_TYPE,
    startSector: sector,
    sizeSectors,
  }));
  const numbers = [1, 2, 3, 4].filter((number) => !kept.some((entry) => entry.number === number));
  const gaps = [...kept, { startSector: privateStart, sizeSectors: 0 }].map(({ startSector }, index) => {
    const before = kept[index - 1];
    const start = before ? before.startSector + before.sizeSectors : MBR_PUBLIC_START;
    return { startSector: start, sizeSectors: startSector - start };
  });
  const placeholders = gaps
    .filter(({ sizeSectors }) => sizeSectors > 0)
    .sort((a, b) => b.sizeSectors - a.sizeSectors)
    .slice(0, numbers.length)
    .map((gap, index) => ({ ...gap, number: numbers[index]!, active: false, type: DYNAMIC_TYPE }));
  return [...kept, ...placeholders].sort((a, b) => a.number - b.number);
}
