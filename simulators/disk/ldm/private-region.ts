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

/**
 * The signature and table of sector 0, without the boot code. Without retained volumes: one placeholder over the
 * public region, as in the samples. With them: the placeholder before the first, an entry for each, and one for the
 * rest, all of type 0x42 (KB222188 keeps a system disk's entries; the placeholders around them are our choice).
 */
export function dynamicTablePatch(
  signature: number,
  privateStart: number,
  retained: readonly (PlacedExtent & { active: boolean })[],
): Patch {
  const partitions: MbrPartition[] = [];
  let free = MBR_PUBLIC_START;
  const add = (startSector: number, end: number, active: boolean) => {
    if (end > startSector) {
      partitions.push({
        number: partitions.length + 1,
        active,
        type: DYNAMIC_TYPE,
        startSector,
        sizeSectors: end - startSector,
      });
    }
    free = end;
  };
  for (const { sector, sizeSectors, active } of [...retained].sort((a, b) => a.sector - b.sector)) {
    add(free, partitions.length === 0 ? sector : free, false);
    add(sector, sector + sizeSectors, active);
  }
  if (partitions.length < 4) add(free, privateStart, false);
  const sector = buildMbr({ signature, partitions });
  return { offsetBytes: TABLE_PART_OFFSET, bytes: sector.slice(TABLE_PART_OFFSET) };
}
