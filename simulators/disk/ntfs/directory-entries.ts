import { readU16, readU32 } from '../bytes';
import { readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';

export const ENTRY_BYTES = 32;
/** Most bytes of a root directory that are looked at: the largest that FAT32 allows. */
const LIMIT = 2 << 20;

/** A run of bytes of a directory. */
export interface Run {
  readonly offset: number;
  readonly length: number;
}

interface PlacedEntry {
  /** On the volume (bytes). */
  readonly offset: number;
  readonly entry: Uint8Array;
}

/** The 32-byte entries of a directory up to the one that says that none follow. Throws a DiskFormatError out of reach. */
export function* directoryEntries(volume: SectorReader, runs: Iterable<Run>): Generator<PlacedEntry> {
  let seen = 0;
  for (const { offset, length } of runs) {
    for (let at = 0; at < length; at += SECTOR_BYTES) {
      if (seen >= LIMIT) return;
      seen += SECTOR_BYTES;
      const sector = readSectors(volume, (offset + at) / SECTOR_BYTES);
      for (let entry = 0; entry < SECTOR_BYTES; entry += ENTRY_BYTES) {
        if (sector[entry] === 0) return;
        yield { offset: offset + at + entry, entry: sector.subarray(entry, entry + ENTRY_BYTES) };
      }
    }
  }
}

/** How clusters follow each other in a FAT. */
export interface ClusterChain {
  readonly tableOffset: number;
  readonly heapOffset: number;
  readonly bytesPerCluster: number;
  readonly clusterCount: number;
  readonly bits: 12 | 16 | 32;
  /** The bits of an entry that count. */
  readonly mask: number;
}

/** The clusters of a chain as runs. A chain that leaves the volume or loops ends, after the limit above. */
export function* clusterRuns(volume: SectorReader, first: number, chain: ClusterChain): Generator<Run> {
  const { heapOffset, bytesPerCluster, clusterCount } = chain;
  let cluster = first;
  for (let seen = 0; seen < LIMIT; seen += bytesPerCluster) {
    if (cluster < 2 || cluster >= clusterCount + 2) return;
    yield { offset: heapOffset + (cluster - 2) * bytesPerCluster, length: bytesPerCluster };
    cluster = nextCluster(volume, cluster, chain);
  }
}

function nextCluster(volume: SectorReader, cluster: number, chain: ClusterChain): number {
  const { tableOffset, bits, mask } = chain;
  const place = tableOffset + Math.floor((cluster * bits) / 8);
  const at = place % SECTOR_BYTES;
  // An entry of 12 bits may lie on both sides of a border.
  const sectors = readSectors(volume, Math.floor(place / SECTOR_BYTES), at === SECTOR_BYTES - 1 ? 2 : 1);
  const value = bits === 32 ? readU32(sectors, at) : readU16(sectors, at);
  return ((bits === 12 && cluster % 2 === 1 ? value >>> 4 : value) & mask) >>> 0;
}
