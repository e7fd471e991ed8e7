import { readU16, readU32 } from '../bytes';
import type { SectorReader } from '../mbr';
import { clusterRuns, ENTRY_BYTES, type Run } from './directory-entries';

/** Attributes of a directory entry that are no file's. */
export const FatAttribute = { label: 0x08, folder: 0x10, longName: 0x0f } as const;
/** First byte of an entry that is free. */
export const DELETED = 0xe5;

/** The parameter block of a FAT volume (Microsoft, "FAT: General Overview of On-Disk Format", 1.03). */
export interface FatLayout {
  readonly bits: 12 | 16 | 32;
  readonly rootOffset: number;
  readonly rootEntries: number;
  readonly rootCluster: number;
  readonly tableOffset: number;
  readonly heapOffset: number;
  readonly bytesPerCluster: number;
  readonly clusterCount: number;
}

/** The layout that a volume's first sector tells; undefined where it is none of a FAT volume. */
export function parseFatLayout(sector: Uint8Array): FatLayout | undefined {
  const bytesPerSector = readU16(sector, 11);
  const sectorsPerCluster = sector[13]!;
  const reserved = readU16(sector, 14);
  const tables = sector[16]!;
  const rootEntries = readU16(sector, 17);
  const total = readU16(sector, 19) || readU32(sector, 32);
  const tableSectors = readU16(sector, 22) || readU32(sector, 36);
  const media = sector[21]!;
  const jumps = sector[0] === 0xe9 || (sector[0] === 0xeb && sector[2] === 0x90);
  const sound =
    jumps &&
    readU16(sector, 510) === 0xaa55 &&
    [512, 1024, 2048, 4096].includes(bytesPerSector) &&
    sectorsPerCluster > 0 &&
    (sectorsPerCluster & (sectorsPerCluster - 1)) === 0 &&
    reserved > 0 &&
    (tables === 1 || tables === 2) &&
    tableSectors > 0 &&
    (media === 0xf0 || media >= 0xf8);
  if (!sound) return undefined;
  const rootSectors = Math.ceil((rootEntries * ENTRY_BYTES) / bytesPerSector);
  const rootSector = reserved + tables * tableSectors;
  const clusterCount = Math.floor((total - rootSector - rootSectors) / sectorsPerCluster);
  if (clusterCount < 1) return undefined;
  const small = clusterCount < 4085 ? 12 : 16;
  return {
    bits: readU16(sector, 22) === 0 ? 32 : small,
    rootOffset: rootSector * bytesPerSector,
    rootEntries,
    rootCluster: readU32(sector, 44),
    tableOffset: reserved * bytesPerSector,
    heapOffset: (rootSector + rootSectors) * bytesPerSector,
    bytesPerCluster: sectorsPerCluster * bytesPerSector,
    clusterCount,
  };
}

/** Where a folder's entries lie, by its first cluster; that of the root is 0. */
export function folderRuns(volume: SectorReader, layout: FatLayout, firstCluster: number): Iterable<Run> {
  const { rootOffset, rootEntries, rootCluster, bits } = layout;
  if (firstCluster === 0 && bits !== 32) return [{ offset: rootOffset, length: rootEntries * ENTRY_BYTES }];
  const mask = bits === 32 ? 0x0fffffff : 2 ** bits - 1;
  const first = (firstCluster === 0 ? rootCluster : firstCluster) & mask;
  return clusterRuns(volume, first, { ...layout, mask });
}
