import { type GptPartition, gptPatches, PARTITION_TYPES, readGpt } from '../../disk/gpt';
import { type Patch, SECTOR_BYTES, type SectorReader } from '../../disk/mbr';
import type { Extent } from './free-space';

/** Sectors of the LDM metadata partition: 1 MiB. */
const METADATA_SECTORS = 2048;

export interface DynamicGpt {
  readonly patches: readonly Patch[];
  readonly metadata: Extent;
  /** All that volumes may take, in one piece. */
  readonly data: Extent;
}

/** `no-space`: nowhere is 1 MiB for the metadata. `not-contiguous`: another partition lies between those with data. */
export type DynamicGptRefusal = 'no-space' | 'not-contiguous';

const endOf = ({ startSector, sizeSectors }: Extent): number => startSector + sizeSectors;

/**
 * The table of a GPT disk that shall become dynamic: the first MiB of the reserved partition turns into the LDM metadata
 * partition, basic data partitions and what is free around them into LDM data partitions (so in samples of Windows Server
 * 2008 R2). A retained one keeps its entry and its GUID (seen in a listing of a real system disk); all others stay.
 *
 * @param retained GUIDs of basic data partitions. @throws Error where there is no GUID partition table
 */
export function dynamicGpt(
  disk: SectorReader,
  newGuid: () => string,
  retained: ReadonlySet<string> = new Set(),
): DynamicGpt | DynamicGptRefusal {
  const table = readGpt(disk);
  if (!table) throw new Error('The disk has no GUID partition table that could be changed.');
  const all = [...table.partitions].sort((a, b) => a.startSector - b.startSector);
  const isData = ({ type }: GptPartition) => type === PARTITION_TYPES.basicData;
  const reserved = all.find(
    ({ type, sizeSectors }) => type === PARTITION_TYPES.microsoftReserved && sizeSectors > METADATA_SECTORS,
  );
  if (!reserved) return 'no-space';
  const first = all.find(isData);
  const last = all.findLast(isData);
  const others = all.filter((partition) => !isData(partition));
  const from = first?.startSector ?? endOf(reserved);
  const to = last ? endOf(last) : from;
  if (others.some(({ startSector }) => startSector > from && startSector < to)) return 'not-contiguous';
  const start = Math.max(table.firstUsableSector, ...others.filter((one) => endOf(one) <= from).map(endOf));
  const end = Math.min(
    table.lastUsableSector + 1,
    ...others.filter(({ startSector }) => startSector >= to).map(({ startSector }) => startSector),
  );
  if (end <= start) return 'no-space';
  const fresh = (startSector: number, sizeSectors: number, type: string, name: string) => ({
    startSector,
    sizeSectors,
    type,
    name,
    guid: newGuid(),
    attributes: 0n,
  });
  const data = (runStart: number, runEnd: number) =>
    fresh(runStart, runEnd - runStart, PARTITION_TYPES.ldmData, 'LDM data partition');
  const pieces: Omit<GptPartition, 'number'>[] = [];
  let at = start;
  for (const kept of all.filter((one) => isData(one) && retained.has(one.guid))) {
    if (kept.startSector > at) pieces.push(data(at, kept.startSector));
    pieces.push({ ...kept, type: PARTITION_TYPES.ldmData, attributes: 0n });
    at = endOf(kept);
  }
  if (end > at) pieces.push(data(at, end));
  const metadata = { startSector: reserved.startSector, sizeSectors: METADATA_SECTORS };
  const rest = {
    ...reserved,
    startSector: reserved.startSector + METADATA_SECTORS,
    sizeSectors: reserved.sizeSectors - METADATA_SECTORS,
  };
  const partitions = [
    ...others.filter((one) => one !== reserved),
    fresh(metadata.startSector, metadata.sizeSectors, PARTITION_TYPES.ldmMetadata, 'LDM metadata partition'),
    rest,
    ...pieces,
  ]
    .sort((a, b) => a.startSector - b.startSector)
    .map((partition, index) => ({ ...partition, number: index + 1 }));
  const sectors = Math.floor(disk.sizeBytes / SECTOR_BYTES);
  return {
    patches: gptPatches({ ...table, partitions }, sectors),
    metadata,
    data: { startSector: start, sizeSectors: end - start },
  };
}
