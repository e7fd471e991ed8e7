import { gptPatches, PARTITION_TYPES, readGpt } from '../../disk/gpt';
import { type Patch, SECTOR_BYTES, type SectorReader } from '../../disk/mbr';
import type { Extent } from './free-space';

/** Sectors of the LDM metadata partition: 1 MiB. */
const METADATA_SECTORS = 2048;

export interface DynamicGpt {
  readonly patches: readonly Patch[];
  readonly metadata: Extent;
  readonly data: Extent;
}

/**
 * The table of an empty GPT disk that shall become dynamic: the first MiB of the reserved partition turns into the LDM
 * metadata partition, all that is behind it into the LDM data partition (so in samples of Windows Server 2008 R2).
 * Undefined for a disk that has anything but a reserved partition at its start, or that is too small.
 */
export function dynamicGpt(disk: SectorReader, newGuid: () => string): DynamicGpt | undefined {
  const table = readGpt(disk);
  const [reserved, ...others] = table?.partitions ?? [];
  if (!table || reserved?.type !== PARTITION_TYPES.microsoftReserved || others.length > 0) return undefined;
  const metadata = { startSector: reserved.startSector, sizeSectors: METADATA_SECTORS };
  const start = reserved.startSector + reserved.sizeSectors;
  const data = { startSector: start, sizeSectors: table.lastUsableSector - start + 1 };
  const left = reserved.sizeSectors - METADATA_SECTORS;
  if (left < 1 || data.sizeSectors < 1) return undefined;
  const partitions = [
    { ...metadata, number: 1, type: PARTITION_TYPES.ldmMetadata, name: 'LDM metadata partition' },
    {
      startSector: metadata.startSector + METADATA_SECTORS,
      sizeSectors: left,
      number: 2,
      type: reserved.type,
      name: reserved.name,
    },
    { ...data, number: 3, type: PARTITION_TYPES.ldmData, name: 'LDM data partition' },
  ].map((partition) => ({
    ...partition,
    guid: partition.number === 2 ? reserved.guid : newGuid(),
    attributes: 0n,
  }));
  const sectors = Math.floor(disk.sizeBytes / SECTOR_BYTES);
  return { patches: gptPatches({ ...table, partitions }, sectors), metadata, data };
}
