import { readGpt } from '../gpt';
import { parseMbr, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import {
  BACKUP_PRIVHEADS,
  DYNAMIC_TYPE,
  LDM_METADATA_TYPE,
  MBR_PRIVHEAD_SECTOR,
  PRIVATE_SECTORS,
} from './layout';
import { parseRecord } from './parse-record';
import { type PrivHead, parsePrivHead } from './privhead';
import type { LdmRecord } from './records';
import { parseTocBlock, type TocBlock } from './tocblock';
import { joinFragments } from './vblk';
import { parseVmdb, type Vmdb } from './vmdb';

/** A metadata block that was read well, and where. Sectors are absolute. */
interface Found<Block> {
  readonly sector: number;
  readonly block: Block;
}

/** One dynamic disk as read: its own blocks and its copy of the whole group's database. */
export interface LdmMember {
  readonly style: 'mbr' | 'gpt';
  /** The newest valid PRIVHEAD. */
  readonly privHead: PrivHead;
  readonly privHeads: readonly Found<PrivHead>[];
  readonly tocs: readonly Found<TocBlock>[];
  readonly vmdbSector: number;
  readonly vmdb: Vmdb;
  readonly records: readonly LdmRecord[];
  /** Sentences about copies that are damaged while another one was good. */
  readonly problems: readonly string[];
}

/**
 * Reads a disk's LDM metadata. Returns undefined for a basic or empty disk. Throws with a sentence where the
 * partition table says "dynamic" and no usable copy of a block is left.
 */
export function readMember(reader: SectorReader): LdmMember | undefined {
  const dynamic = findDynamicStyle(reader);
  if (!dynamic) return undefined;
  const problems: string[] = [];
  const sectors = Math.floor(reader.sizeBytes / SECTOR_BYTES);
  const first = firstPrivHead(reader, dynamic, sectors, problems);
  const { privateStart } = first;
  const places = [
    ...(dynamic.style === 'mbr' ? [MBR_PRIVHEAD_SECTOR] : []),
    privateStart + first.secondaryCopy,
    privateStart + first.primaryCopy,
  ];
  problems.length = 0;
  const privHeads = readCopies(reader, places, 'PRIVHEAD', parsePrivHead, problems);
  const privHead = newest(privHeads);
  checkBounds(privHead, sectors);

  const tocs = readCopies(
    reader,
    privHead.tocSectors.map((sector) => privHead.privateStart + sector),
    'TOCBLOCK',
    parseTocBlock,
    problems,
  );
  const { config } = newest(tocs);
  const vmdbSector = privHead.privateStart + config.start;
  const region = readSectors(reader, vmdbSector, config.size);
  const vmdb = parseVmdb(region);
  const end = Math.min(vmdb.slots * vmdb.vblkBytes, region.length);
  const records = joinFragments(region.subarray(vmdb.firstVblk, end), vmdb.vblkBytes).map(parseRecord);
  return { style: dynamic.style, privHead, privHeads, tocs, vmdbSector, vmdb, records, problems };
}

interface DynamicStyle {
  readonly style: 'mbr' | 'gpt';
  /** Absolute sectors where a first PRIVHEAD may stand. */
  readonly candidates: readonly number[];
}

function findDynamicStyle(reader: SectorReader): DynamicStyle | undefined {
  const sectors = Math.floor(reader.sizeBytes / SECTOR_BYTES);
  if (sectors < 1) return undefined;
  const mbr = parseMbr(readSectors(reader, 0));
  if (mbr?.partitions.some(({ type }) => type === DYNAMIC_TYPE)) {
    const privateStart = sectors - PRIVATE_SECTORS;
    const backups = BACKUP_PRIVHEADS.map((sector) => privateStart + sector);
    return { style: 'mbr', candidates: [MBR_PRIVHEAD_SECTOR, ...backups] };
  }
  if (!mbr?.partitions.some(({ type }) => type === 0xee)) return undefined;
  const metadata = readGpt(reader)?.partitions.find(({ type }) => type === LDM_METADATA_TYPE);
  if (!metadata) return undefined;
  const end = metadata.startSector + metadata.sizeSectors;
  return { style: 'gpt', candidates: [end - 1, metadata.startSector + BACKUP_PRIVHEADS[0]] };
}

function firstPrivHead(
  reader: SectorReader,
  { style, candidates }: DynamicStyle,
  sectors: number,
  problems: string[],
): PrivHead {
  const inside = candidates.filter((sector) => sector > 0 && sector < sectors);
  const found = readCopies(reader, inside, 'PRIVHEAD', parsePrivHead, problems);
  const best = newest(found);
  if (best.privateStart + best.privateSize > sectors) checkBounds(best, sectors);
  if (style === 'mbr' && best.privateStart <= MBR_PRIVHEAD_SECTOR) checkBounds(best, sectors);
  return best;
}

function readCopies<Block>(
  reader: SectorReader,
  sectors: readonly number[],
  name: string,
  parse: (sector: Uint8Array) => Block,
  problems: string[],
): Found<Block>[] {
  const found: Found<Block>[] = [];
  const failures: string[] = [];
  for (const sector of sectors) {
    try {
      found.push({ sector, block: parse(readSectors(reader, sector)) });
    } catch (error) {
      failures.push(`Sector ${sector}: ${(error as Error).message}`);
    }
  }
  if (found.length === 0) {
    throw new Error(
      `The disk is marked as dynamic, but none of its ${name} copies is usable. ${failures.join(' ')} Restore one of them from a backup, or clean the disk.`,
    );
  }
  problems.push(...failures);
  return found;
}

function newest<Block extends { readonly updateSequence: bigint }>(found: readonly Found<Block>[]): Block {
  return found
    .map(({ block }) => block)
    .reduce((best, block) => (block.updateSequence > best.updateSequence ? block : best));
}

/** The same limits that the kernel's LDM reader applies. */
function checkBounds(head: PrivHead, sectors: number): void {
  const privateEnd = head.privateStart + head.privateSize;
  if (privateEnd > sectors) {
    throw new Error(
      `The PRIVHEAD puts the private region at sectors ${head.privateStart} to ${privateEnd - 1}, but the disk has only ${sectors}. It was copied to a smaller disk or cut short.`,
    );
  }
  const publicEnd = head.publicStart + head.publicSize;
  const overlaps = head.publicStart < privateEnd && head.privateStart < publicEnd;
  if (overlaps || publicEnd > sectors) {
    throw new Error(
      `The PRIVHEAD puts the volumes at sectors ${head.publicStart} to ${publicEnd - 1}, which does not fit beside its private region at ${head.privateStart} to ${privateEnd - 1}. It is damaged.`,
    );
  }
}
