import type { PublicRegion } from './allocate';
import {
  BACKUP_PRIVHEADS,
  CONFIG,
  HOST_GUID,
  LOG,
  MBR_PUBLIC_START,
  PRIVATE_SECTORS,
  TOC_SECTORS,
} from './layout';
import { buildPrivHead } from './privhead';

/** A range of sectors of a partition that exists already. */
interface SectorRange {
  readonly startSector: number;
  readonly sizeSectors: number;
}

/** A disk that shall become dynamic. */
export type DiskRequest =
  | {
      readonly style?: 'mbr';
      readonly sizeSectors: number;
      /** MBR disk signature (u32). */
      readonly signature: number;
    }
  | {
      readonly style: 'gpt';
      readonly sizeSectors: number;
      /** The LDM metadata partition (5808c8aa-7e8f-42e0-85d2-e1e90434cfb3), 2048 sectors. The caller writes the table. */
      readonly metadata: SectorRange;
      /** The LDM data partition (af9b60a0-1431-4f62-bc68-3311714a69ad). */
      readonly data: SectorRange;
    };

export interface DiskRegions {
  readonly public: PublicRegion;
  readonly privateStart: number;
}

/** The regions of a new dynamic disk. Throws where it is too small, or where its partitions do not suit. */
export function regionsOf(disk: DiskRequest, index: number): DiskRegions {
  if (disk.style === 'gpt') {
    const { metadata, data, sizeSectors } = disk;
    const dataEnd = data.startSector + data.sizeSectors;
    const metadataEnd = metadata.startSector + metadata.sizeSectors;
    if (metadata.sizeSectors !== PRIVATE_SECTORS)
      throw new RangeError(
        `The LDM metadata partition of disk ${index} has ${metadata.sizeSectors} sectors; Windows makes it ${PRIVATE_SECTORS}.`,
      );
    const overlap = data.startSector < metadataEnd && metadata.startSector < dataEnd;
    if (overlap || data.sizeSectors < 1 || Math.max(dataEnd, metadataEnd) > sizeSectors)
      throw new RangeError(
        `The LDM partitions of disk ${index} overlap or go beyond its ${sizeSectors} sectors. Give the bounds of its partition table.`,
      );
    return { public: { start: data.startSector, end: dataEnd }, privateStart: metadata.startSector };
  }
  const fewest = MBR_PUBLIC_START + 2 * PRIVATE_SECTORS;
  if (disk.sizeSectors < fewest) {
    throw new RangeError(
      `Disk ${index} has ${disk.sizeSectors} sectors; a dynamic disk needs at least ${fewest}.`,
    );
  }
  const privateStart = disk.sizeSectors - PRIVATE_SECTORS;
  return { public: { start: MBR_PUBLIC_START, end: privateStart }, privateStart };
}

/** The first PRIVHEAD of a new disk, as Windows Server 2008 R2 writes it (version 2.12). */
export function newPrivHead(
  regions: DiskRegions,
  names: {
    readonly diskGuid: string;
    readonly groupGuid: string;
    readonly groupName: string;
    readonly groupSignature: number;
    readonly timestamp: bigint;
  },
): Uint8Array {
  const { start, end } = regions.public;
  return buildPrivHead({
    ...names,
    minorVersion: 12,
    updateSequence: 1n,
    primaryCopy: BACKUP_PRIVHEADS[1],
    secondaryCopy: BACKUP_PRIVHEADS[0],
    hostGuid: HOST_GUID,
    flags: 0,
    publicStart: start,
    publicSize: end - start,
    privateStart: regions.privateStart,
    privateSize: PRIVATE_SECTORS,
    tocSectors: TOC_SECTORS,
    configSize: CONFIG.size,
    logSize: LOG.size,
  });
}
