import { DiskFormatError } from '../bytes';
import { readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { type DamagedCopy, type Found, newest, readCopies, sentenceOf } from './copies';
import { findDynamicStyle } from './dynamic-style';
import { type LogPage, parseLogPage } from './klog';
import { MBR_PRIVHEAD_SECTOR } from './layout';
import { type PrivHead, parsePrivHead } from './privhead';
import { type SettledRecords, settledRecords, settleHeader } from './settle-database';
import { parseTocBlock, type TocBlock } from './tocblock';
import { parseVmdb, type Vmdb } from './vmdb';

/** The largest database that is read: 8 MiB. Windows makes it 1481 sectors; the limit is ours. */
const CONFIG_LIMIT = 16_384;

/** What a disk says of itself. Sectors are absolute. */
interface OwnBlocks {
  readonly style: 'mbr' | 'gpt';
  /** The newest valid PRIVHEAD. */
  readonly privHead: PrivHead;
  readonly privHeads: readonly Found<PrivHead>[];
  readonly tocs: readonly Found<TocBlock>[];
  readonly vmdbSector: number;
  /** A transaction that was interrupted is taken back, or taken as done: see settle-database.ts. */
  readonly vmdb: Vmdb;
  readonly logSector: number;
  /** Pages of the update log; empty where it cannot be read. */
  readonly log: readonly LogPage[];
  readonly damagedCopies: readonly DamagedCopy[];
  /** Sentences about copies that are damaged while another one was good, and about a damaged log. */
  readonly problems: readonly string[];
}

/** One dynamic disk as read: its own blocks and its copy of the whole group's database. */
export type LdmMember = OwnBlocks & SettledRecords;

/**
 * Reads a disk's LDM metadata. Returns undefined for a basic or empty disk. Throws a DiskFormatError where the
 * partition table says "dynamic" and no usable copy of a block is left.
 */
export function readMember(reader: SectorReader): LdmMember | undefined {
  const own = readOwnBlocks(reader);
  return own && { ...own, ...readRecords(reader, own) };
}

/** As `readMember`, without the database: it is a thousand times as large as the rest. */
export function readOwnBlocks(reader: SectorReader): OwnBlocks | undefined {
  const dynamic = findDynamicStyle(reader);
  if (!dynamic) return undefined;
  const sectors = Math.floor(reader.sizeBytes / SECTOR_BYTES);
  const first = newest(readCopies(reader, dynamic.candidates, 'PRIVHEAD', parsePrivHead).sound);
  checkBounds(first, sectors);
  const heads = readCopies(reader, privHeadSectors(dynamic.style, first.block), 'PRIVHEAD', parsePrivHead);
  const head = newest(heads.sound);
  checkBounds(head, sectors);
  const privHead = head.block;
  const { privateStart } = privHead;
  const tocs = readCopies(
    reader,
    privHead.tocSectors.map((sector) => privateStart + sector),
    'TOCBLOCK',
    parseTocBlock,
  );
  const toc = newest(tocs.sound);
  checkRegions(toc, privHead);
  const { config } = toc.block;

  const vmdbSector = privateStart + config.start;
  const vmdbOffset = vmdbSector * SECTOR_BYTES;
  const vmdb = settleHeader(parseVmdb(readSectors(reader, vmdbSector), vmdbOffset), vmdbOffset);
  const logSector = privateStart + toc.block.log.start;
  const log = readLog(reader, logSector, toc.block.log.size);
  const damagedCopies = [...heads.damaged, ...tocs.damaged];
  return {
    style: dynamic.style,
    privHead,
    privHeads: heads.sound,
    tocs: tocs.sound,
    vmdbSector,
    vmdb,
    logSector,
    log: log.pages,
    damagedCopies,
    problems: [...damagedCopies.map(sentenceOf), ...log.problems],
  };
}

/** Reads the database of a disk. Throws a DiskFormatError for one that is damaged. */
export function readRecords(reader: SectorReader, { vmdb, vmdbSector, tocs }: OwnBlocks): SettledRecords {
  const region = readSectors(reader, vmdbSector, newest(tocs).block.config.size);
  const end = Math.min(vmdb.slots * vmdb.vblkBytes, region.length);
  const area = region.subarray(Math.min(vmdb.firstVblk, end), end);
  return settledRecords(vmdb, area, vmdbSector * SECTOR_BYTES + vmdb.firstVblk);
}

/** Where the copies of a disk's PRIVHEAD stand. */
export function privHeadSectors(style: LdmMember['style'], head: PrivHead): number[] {
  const backups = [head.privateStart + head.secondaryCopy, head.privateStart + head.primaryCopy];
  return style === 'mbr' ? [MBR_PRIVHEAD_SECTOR, ...backups] : backups;
}

/** The log is no reason to refuse a disk: Windows too can do without it. */
function readLog(
  reader: SectorReader,
  sector: number,
  size: number,
): { readonly pages: LogPage[]; readonly problems: string[] } {
  const pages: LogPage[] = [];
  try {
    for (let index = 0; index < Math.min(size, pages[0]?.pages ?? 1); index += 1) {
      pages.push(parseLogPage(readSectors(reader, sector + index), (sector + index) * SECTOR_BYTES));
    }
    return { pages, problems: [] };
  } catch (error) {
    if (!(error instanceof DiskFormatError)) throw error;
    const problem = `Sector ${sector + pages.length}: ${error.message}`;
    return { pages: [], problems: [problem] };
  }
}

/** The same limits that the kernel's LDM reader applies. */
function checkBounds({ sector, block: head }: Found<PrivHead>, sectors: number): void {
  const refuse = (position: number, reason: string, message: string) =>
    new DiskFormatError(sector * SECTOR_BYTES + position, reason, message);
  const privateEnd = head.privateStart + head.privateSize;
  if (privateEnd > sectors) {
    throw refuse(
      0x12b,
      'the private region goes beyond the end of the disk',
      `The PRIVHEAD puts the private region at sectors ${head.privateStart} to ${privateEnd - 1}, but the disk has only ${sectors}. It was copied to a smaller disk or cut short.`,
    );
  }
  const publicEnd = head.publicStart + head.publicSize;
  const overlaps = head.publicStart < privateEnd && head.privateStart < publicEnd;
  if (overlaps || publicEnd > sectors) {
    throw refuse(
      0x11b,
      'the public region does not fit beside the private region',
      `The PRIVHEAD puts the volumes at sectors ${head.publicStart} to ${publicEnd - 1}, which does not fit beside its private region at ${head.privateStart} to ${privateEnd - 1}. It is damaged.`,
    );
  }
}

function checkRegions({ sector, block }: Found<TocBlock>, { privateSize }: PrivHead): void {
  for (const { name, start, size } of [block.config, block.log]) {
    if (size >= 1 && start >= 1 && start + size <= privateSize && size <= CONFIG_LIMIT) continue;
    throw new DiskFormatError(
      sector * SECTOR_BYTES + (name === 'config' ? 0x24 : 0x46) + 10,
      `the ${name} region does not fit into the private region`,
      `The TOCBLOCK puts the ${name} region at sectors ${start} to ${start + size - 1} of a private region of ${privateSize} sectors. It is damaged.`,
    );
  }
}
