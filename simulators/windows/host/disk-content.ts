import { hasProtectiveMbr, PARTITION_TYPES, readGpt } from '../../disk/gpt';
import { type LdmMember, readMember } from '../../disk/ldm';
import { inspectMbr, type MbrInspection, SECTOR_BYTES, type SectorReader } from '../../disk/mbr';

/** A partition that can be a basic volume. Sectors are absolute. */
interface BasicPartition {
  /** Number of the table entry, or from 5 on of the logical drive: the same as Linux'. */
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
  /** Sectors that no partition of any type takes, the extended partition counting as a whole. */
  readonly freeSectors: number;
}

const NTFS_TYPE = 0x07;
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
    const mbr = inspectMbr(disk);
    if (!mbr) return { ...RAW, freeSectors: sectors };
    return withMember(disk, hasProtectiveMbr(disk) ? gptContent(disk, sectors) : mbrContent(mbr, sectors));
  } catch (error) {
    return { ...RAW, damage: (error as Error).message };
  }
}

function withMember(disk: SectorReader, content: DiskContent): DiskContent {
  try {
    const member = readMember(disk);
    return member ? { ...content, dynamic: true, member, partitions: [] } : content;
  } catch (error) {
    return { ...content, dynamic: true, partitions: [], damage: (error as Error).message };
  }
}

function mbrContent({ record: mbr, chainDamage }: MbrInspection, sectors: number): DiskContent {
  const first = Math.min(2048, ...mbr.partitions.map(({ startSector }) => startSector));
  // The extended partition counts as a whole.
  const taken = mbr.partitions.filter(({ number }) => number <= 4);
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
        active: active && number <= 4,
        guid: undefined,
      })),
    damage: chainDamage?.message,
    freeSectors: Math.max(0, sectors - first - sum(taken.map(({ sizeSectors }) => sizeSectors))),
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
      .filter(({ type }) => type === PARTITION_TYPES.basicData)
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
