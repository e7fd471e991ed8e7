import { readGpt } from '../../disk/gpt';
import { assembleGroups, type LdmMember, readMember } from '../../disk/ldm';
import { parseMbr, readSectors, SECTOR_BYTES, type SectorReader } from '../../disk/mbr';

/** A partition that can be a basic volume. Sectors are absolute. */
interface BasicPartition {
  /** Number of the table entry, which is also Linux' number. */
  readonly number: number;
  readonly startSector: number;
  readonly sizeSectors: number;
  readonly active: boolean;
  /** GPT unique partition GUID. */
  readonly guid: string | undefined;
}

export interface DiskContent {
  readonly style: 'mbr' | 'gpt' | 'raw';
  readonly signature: number | undefined;
  readonly guid: string | undefined;
  /** Partitions of a type that holds a Windows volume; empty on a dynamic disk. */
  readonly partitions: readonly BasicPartition[];
  readonly dynamic: boolean;
  /** LDM metadata, on a dynamic disk whose metadata can be read. */
  readonly member: LdmMember | undefined;
  /** Why a disk that says it is dynamic or has a table could not be read. */
  readonly damage: string | undefined;
  /** Sectors that no partition of any type takes. */
  readonly freeSectors: number;
}

const NTFS_TYPE = 0x07;
const BASIC_DATA_TYPE = 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7';
const RAW: DiskContent = {
  style: 'raw',
  signature: undefined,
  guid: undefined,
  partitions: [],
  dynamic: false,
  member: undefined,
  damage: undefined,
  freeSectors: 0,
};

/** Reads what lies on a disk, down to its partitions and LDM metadata. Damage is reported, not thrown. */
export function readDiskContent(disk: SectorReader): DiskContent {
  const sectors = Math.floor(disk.sizeBytes / SECTOR_BYTES);
  try {
    const mbr = parseMbr(readSectors(disk, 0));
    if (!mbr) return { ...RAW, freeSectors: sectors };
    const protective = mbr.partitions.some(({ type }) => type === 0xee);
    return withMember(disk, protective ? gptContent(disk, sectors) : mbrContent(mbr, sectors));
  } catch (error) {
    return { ...RAW, damage: (error as Error).message };
  }
}

function withMember(disk: SectorReader, content: DiskContent): DiskContent {
  try {
    const member = readMember(disk);
    // A database that contradicts itself is damage of this disk; the rest of its group goes on without it.
    if (member) assembleGroups([member]);
    return member ? { ...content, dynamic: true, member, partitions: [] } : content;
  } catch (error) {
    return { ...content, dynamic: true, partitions: [], damage: (error as Error).message };
  }
}

function mbrContent(mbr: NonNullable<ReturnType<typeof parseMbr>>, sectors: number): DiskContent {
  const first = Math.min(2048, ...mbr.partitions.map(({ startSector }) => startSector));
  const used = sum(mbr.partitions.map(({ sizeSectors }) => sizeSectors));
  return {
    ...RAW,
    style: 'mbr',
    signature: mbr.signature,
    partitions: mbr.partitions
      .filter(({ type }) => type === NTFS_TYPE)
      .map(({ number, startSector, sizeSectors, active }) => ({
        number,
        startSector,
        sizeSectors,
        active,
        guid: undefined,
      })),
    freeSectors: Math.max(0, sectors - first - used),
  };
}

function gptContent(disk: SectorReader, sectors: number): DiskContent {
  const table = readGpt(disk);
  if (!table) return { ...RAW, freeSectors: sectors };
  const usable = table.lastUsableSector - table.firstUsableSector + 1;
  return {
    ...RAW,
    style: 'gpt',
    guid: table.diskGuid,
    partitions: table.partitions
      .filter(({ type }) => type === BASIC_DATA_TYPE)
      .map(({ number, startSector, sizeSectors, guid }) => ({
        number,
        startSector,
        sizeSectors,
        active: false,
        guid,
      })),
    freeSectors: Math.max(0, usable - sum(table.partitions.map(({ sizeSectors }) => sizeSectors))),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
