import { type GptAttribute, hasAttribute, PARTITION_TYPES } from '../../disk/gpt';
import { assembleGroups, type LdmMember, readMember } from '../../disk/ldm';
import { SECTOR_BYTES, type SectorReader } from '../../disk/mbr';
import { type DiskTable, isHiddenType, isVolumeType, readDiskTable } from '../disk-tables';

/** A partition that can be a basic volume. Sectors are absolute. */
interface BasicPartition {
  /** Number of the table entry, or from 5 on of the logical drive: the same as Linux'. */
  readonly number: number;
  readonly startSector: number;
  readonly sizeSectors: number;
  readonly active: boolean;
  /** The partition that firmware starts from. */
  readonly efiSystem: boolean;
  /** GPT unique partition GUID. */
  readonly guid: string | undefined;
  /** Shown as hidden: recovery and EFI system partitions, and what a GPT attribute hides. */
  readonly hidden: boolean;
  readonly readOnly: boolean;
  /** Windows gives it no letter of its own accord. */
  readonly withoutLetter: boolean;
}

export interface DiskContent {
  readonly style: 'mbr' | 'gpt' | 'raw';
  readonly signature: number | undefined;
  readonly guid: string | undefined;
  /** Partitions of a type that holds a Windows volume; a dynamic disk has such ones only beside its volumes, in a GPT. */
  readonly partitions: readonly BasicPartition[];
  /** GUIDs of all partitions, whatever their type. */
  readonly partitionGuids: readonly string[];
  readonly dynamic: boolean;
  /** LDM metadata, on a dynamic disk whose metadata can be read. */
  readonly member: LdmMember | undefined;
  /** Why a disk that says it is dynamic or has a table could not be read. */
  readonly damage: string | undefined;
  /** Sectors that no partition of any type takes, the extended partition counting as a whole. */
  readonly freeSectors: number;
}

const RAW: DiskContent = {
  style: 'raw',
  signature: undefined,
  guid: undefined,
  partitions: [],
  partitionGuids: [],
  dynamic: false,
  member: undefined,
  damage: undefined,
  freeSectors: 0,
};

/** Reads what lies on a disk, down to its partitions and LDM metadata. Damage is reported, not thrown. */
export function readDiskContent(disk: SectorReader): DiskContent {
  try {
    const table = readDiskTable(disk);
    if (table.style === 'raw') return { ...RAW, freeSectors: Math.floor(disk.sizeBytes / SECTOR_BYTES) };
    return withMember(disk, tableContent(table));
  } catch (error) {
    return { ...RAW, damage: (error as Error).message };
  }
}

function withMember(disk: SectorReader, content: DiskContent): DiskContent {
  try {
    const member = readMember(disk);
    // A database that contradicts itself is damage of this disk; the rest of its group goes on without it.
    if (member) assembleGroups([member]);
    if (!member) return content;
    // An EFI system partition stays one on a dynamic GPT disk (seen on real Windows).
    return {
      ...content,
      dynamic: true,
      member,
      partitions: member.style === 'gpt' ? content.partitions : [],
    };
  } catch (error) {
    return { ...content, dynamic: true, partitions: [], damage: (error as Error).message };
  }
}

function tableContent(table: DiskTable): DiskContent {
  const { style, signature, guid, damage, partitions } = table;
  return {
    ...RAW,
    style,
    signature,
    guid,
    damage,
    partitions: partitions
      .filter(({ type }) => isVolumeType(type))
      .map(({ entry, type, startSector, sizeSectors, active, guid: partitionGuid, attributes }) => {
        const basicData = type === PARTITION_TYPES.basicData;
        const has = (name: GptAttribute) => basicData && hasAttribute(attributes, name);
        const hidden = isHiddenType(type) || has('hidden');
        return {
          number: entry,
          startSector,
          sizeSectors,
          active,
          efiSystem: type === PARTITION_TYPES.efiSystem,
          guid: partitionGuid,
          hidden,
          readOnly: has('readOnly'),
          withoutLetter: hidden || has('noDriveLetter'),
        };
      }),
    partitionGuids: partitions.map((one) => one.guid).filter((one) => one !== undefined),
    freeSectors: freeSectors(table),
  };
}

function freeSectors({ style, sectors, firstUsable, lastUsable, partitions }: DiskTable): number {
  const outer = partitions.filter(({ kind }) => kind !== 'logical');
  const used = outer.reduce((total, { sizeSectors }) => total + sizeSectors, 0);
  if (style === 'gpt') return Math.max(0, lastUsable - firstUsable + 1 - used);
  return Math.max(0, sectors - Math.min(2048, ...outer.map(({ startSector }) => startSector)) - used);
}
