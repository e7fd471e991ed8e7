import { BlockReader, BlockWriter } from './bytes';
import { hasValidChecksum, sealChecksum } from './checksum';

const MAGIC = 'TOCBLOCK';

interface TocRegion {
  readonly name: string;
  /** In sectors from the start of the private region. */
  readonly start: number;
  readonly size: number;
}

/** The table of contents of the private region. */
export interface TocBlock {
  readonly updateSequence: bigint;
  readonly config: TocRegion;
  readonly log: TocRegion;
}

/** Parses a TOCBLOCK. Throws where the magic, the checksum or a region name is wrong. */
export function parseTocBlock(sector: Uint8Array): TocBlock {
  const magic = String.fromCharCode(...sector.subarray(0, 8));
  if (magic !== MAGIC) throw new Error('The sector does not start with TOCBLOCK.');
  if (!hasValidChecksum(sector))
    throw new Error('The TOCBLOCK has a wrong checksum: the sector was damaged.');
  const config = parseRegion(sector, 0x24);
  const log = parseRegion(sector, 0x46);
  if (config.name !== 'config' || log.name !== 'log') {
    throw new Error(`The TOCBLOCK names the regions "${config.name}" and "${log.name}", not config and log.`);
  }
  return { updateSequence: new BlockReader(sector, 'TOCBLOCK', 0x0c).u64(), config, log };
}

function parseRegion(sector: Uint8Array, offset: number): TocRegion {
  const reader = new BlockReader(sector, 'TOCBLOCK', offset);
  const name = reader.fixedText(8);
  reader.skip(2);
  return { name, start: reader.sectors(), size: reader.sectors() };
}

/** Builds the 512 bytes with a valid checksum. */
export function buildTocBlock(toc: TocBlock): Uint8Array {
  const block = new BlockWriter().fixedText(MAGIC, 8).u32(0).u64(toc.updateSequence).zeros(16);
  for (const region of [toc.config, toc.log]) {
    block.fixedText(region.name, 8).u16(0).u64(region.start).u64(region.size).u16(6).u16(1).zeros(4);
  }
  return sealChecksum(block.finish(512));
}

/** A copy of a TOCBLOCK with a new sequence; all other bytes stay. */
export function touchTocBlock(sector: Uint8Array, updateSequence: bigint): Uint8Array {
  const changed = sector.slice(0, 512);
  new DataView(changed.buffer).setBigUint64(0x0c, updateSequence);
  return sealChecksum(changed);
}
