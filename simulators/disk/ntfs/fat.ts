import { decodeLatin1, readU16, readU32 } from '../bytes';
import type { SectorReader } from '../mbr';
import { clusterRuns, directoryEntries, ENTRY_BYTES } from './directory-entries';
import type { VolumeIdentity } from './volume-identity';

const LABEL_ATTRIBUTE = 0x08;
const DIRECTORY_ATTRIBUTE = 0x10;
const LONG_NAME = 0x0f;
const DELETED = 0xe5;

/** The parameter block of a FAT volume (Microsoft, "FAT: General Overview of On-Disk Format", 1.03). */
interface FatLayout {
  readonly bits: 12 | 16 | 32;
  readonly rootOffset: number;
  readonly rootEntries: number;
  readonly rootCluster: number;
  readonly tableOffset: number;
  readonly heapOffset: number;
  readonly bytesPerCluster: number;
  readonly clusterCount: number;
}

/** Which FAT volume starts with this sector; undefined for any other sector. */
export function readFat(volume: SectorReader, sector: Uint8Array): VolumeIdentity | undefined {
  const layout = parseLayout(sector);
  if (!layout) return undefined;
  const signature = layout.bits === 32 ? 66 : 38;
  const hasSerial = sector[signature] === 0x28 || sector[signature] === 0x29;
  return {
    // Windows names the two alike.
    fileSystem: layout.bits === 32 ? 'FAT32' : 'FAT',
    label: readLabel(volume, layout),
    serial: hasSerial ? BigInt(readU32(sector, signature + 1)) : 0n,
  };
}

function parseLayout(sector: Uint8Array): FatLayout | undefined {
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

/**
 * The label in the root directory, which is the one that Windows shows; that in the boot sector it leaves behind.
 * Characters beyond ASCII depend on a code page; here they are Latin-1 (our choice).
 */
function readLabel(volume: SectorReader, layout: FatLayout): string {
  const { rootOffset, rootEntries, rootCluster, bits } = layout;
  const runs =
    bits === 32
      ? clusterRuns(volume, rootCluster & 0x0fffffff, { ...layout, mask: 0x0fffffff })
      : [{ offset: rootOffset, length: rootEntries * ENTRY_BYTES }];
  for (const entry of directoryEntries(volume, runs)) {
    const attributes = entry[11]! & 0x3f;
    if (entry[0] === DELETED || attributes === LONG_NAME) continue;
    if ((attributes & LABEL_ATTRIBUTE) !== 0 && (attributes & DIRECTORY_ATTRIBUTE) === 0)
      return decodeLatin1(entry, 0, 11).trimEnd();
  }
  return '';
}
