import { readU32 } from '../bytes';
import { readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';

export const ENTRY_BYTES = 32;
/** Most bytes of a root directory that are looked at: the largest that FAT32 allows. */
const LIMIT = 2 << 20;

/** A run of bytes of a directory. */
interface Run {
  readonly offset: number;
  readonly length: number;
}

/** The 32-byte entries of a directory up to the one that says that none follow. Throws a DiskFormatError out of reach. */
export function* directoryEntries(volume: SectorReader, runs: Iterable<Run>): Generator<Uint8Array> {
  let seen = 0;
  for (const { offset, length } of runs) {
    for (let at = 0; at < length; at += SECTOR_BYTES) {
      if (seen >= LIMIT) return;
      seen += SECTOR_BYTES;
      const sector = readSectors(volume, (offset + at) / SECTOR_BYTES);
      for (let entry = 0; entry < SECTOR_BYTES; entry += ENTRY_BYTES) {
        if (sector[entry] === 0) return;
        yield sector.subarray(entry, entry + ENTRY_BYTES);
      }
    }
  }
}

/** How clusters follow each other in a FAT of 32-bit entries. */
export interface ClusterChain {
  readonly tableOffset: number;
  readonly heapOffset: number;
  readonly bytesPerCluster: number;
  readonly clusterCount: number;
  /** The bits of an entry that count. */
  readonly mask: number;
}

/** The clusters of a chain as runs. A chain that leaves the volume or loops ends, after the limit above. */
export function* clusterRuns(volume: SectorReader, first: number, chain: ClusterChain): Generator<Run> {
  const { tableOffset, heapOffset, bytesPerCluster, clusterCount, mask } = chain;
  let cluster = first;
  for (let seen = 0; seen < LIMIT; seen += bytesPerCluster) {
    if (cluster < 2 || cluster >= clusterCount + 2) return;
    yield { offset: heapOffset + (cluster - 2) * bytesPerCluster, length: bytesPerCluster };
    const place = tableOffset + cluster * 4;
    const sector = readSectors(volume, Math.floor(place / SECTOR_BYTES));
    cluster = (readU32(sector, place % SECTOR_BYTES) & mask) >>> 0;
  }
}
