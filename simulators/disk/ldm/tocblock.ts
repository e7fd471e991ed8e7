import { DiskFormatError, hasAscii } from '../bytes';
import { BlockReader } from './block-reader';
import { BlockWriter } from './block-writer';
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

/** Parses a TOCBLOCK that stands at byte `offset` of its disk. Refuses a wrong magic, checksum or region name. */
export function parseTocBlock(sector: Uint8Array, offset = 0): TocBlock {
  if (!hasAscii(sector, 0, MAGIC)) {
    throw new DiskFormatError(
      offset,
      'the sector does not start with TOCBLOCK',
      'The sector does not start with TOCBLOCK.',
    );
  }
  if (!hasValidChecksum(sector)) {
    throw new DiskFormatError(
      offset + 8,
      'the TOCBLOCK has a wrong checksum',
      'The TOCBLOCK has a wrong checksum: the sector was damaged.',
    );
  }
  const at = (position: number) => new BlockReader(sector, 'TOCBLOCK', offset, position);
  const config = parseRegion(at(0x24));
  const log = parseRegion(at(0x46));
  if (config.name !== 'config' || log.name !== 'log') {
    throw new DiskFormatError(
      offset + 0x24,
      'the TOCBLOCK names other regions than config and log',
      `The TOCBLOCK names the regions "${config.name}" and "${log.name}", not config and log.`,
    );
  }
  return { updateSequence: at(0x0c).u64(), config, log };
}

function parseRegion(reader: BlockReader): TocRegion {
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
