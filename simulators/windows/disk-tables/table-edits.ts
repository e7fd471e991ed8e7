import {
  addPartition as addGptPartition,
  changePartition,
  createGpt,
  type GuidPartitionTable,
  gptPatches,
  PARTITION_TYPES,
  protectiveMbrPatch,
  readGpt,
  removePartition as removeGptPartition,
} from '../../disk/gpt';
import {
  buildMbr,
  type MbrPartition,
  type Patch,
  partitionPatches,
  readMbr,
  readSectors,
  SECTOR_BYTES,
  type SectorReader,
  setSignature,
} from '../../disk/mbr';
import { readDiskTable, type TablePartition } from './disk-table';
import type { Extent } from './free-space';

/** `clean` takes the first and the last MiB, where tables and LDM metadata lie (Microsoft's diskpart page). */
const CLEANED_BYTES = 2 ** 20;

const sectorsOf = (disk: SectorReader): number => Math.floor(disk.sizeBytes / SECTOR_BYTES);

/** Patches that leave no table. */
export function cleanDisk(disk: SectorReader): Patch[] {
  const length = Math.min(CLEANED_BYTES, disk.sizeBytes);
  return [
    { offsetBytes: disk.sizeBytes - length, bytes: new Uint8Array(length) },
    { offsetBytes: 0, bytes: new Uint8Array(length) },
  ];
}

/** An empty master boot record in place of whatever table was there. Without boot code (our choice). */
export function initialiseMbr(disk: SectorReader, signature: number): Patch[] {
  return [...cleanDisk(disk), { offsetBytes: 0, bytes: buildMbr({ signature, partitions: [] }) }];
}

/** A GUID partition table in place of whatever table was there, with the reserved partition that the version makes. */
export function initialiseGpt(
  disk: SectorReader,
  newGuid: () => string,
  reserved?: 'classic' | 'modern',
): Patch[] {
  const diskSectors = sectorsOf(disk);
  const table = createGpt({ diskSectors, newGuid, ...(reserved ? { reserved } : {}) });
  return [...cleanDisk(disk), ...gptPatches(table, diskSectors), protectiveMbrPatch(disk)];
}

export interface NewPartition extends Extent {
  readonly kind: TablePartition['kind'];
  readonly type: number | string;
  /** For a GPT entry. */
  readonly guid: string;
  readonly attributes?: bigint;
}

// What Windows calls its partitions in a GPT.
const NAMES: Readonly<Record<string, string>> = {
  [PARTITION_TYPES.efiSystem]: 'EFI system partition',
  [PARTITION_TYPES.microsoftReserved]: 'Microsoft reserved partition',
};

/** Adds a partition. @throws Error where the table has no entry left, or where there is no room. */
export function addPartition(disk: SectorReader, partition: NewPartition): Patch[] {
  const { startSector, sizeSectors, type, guid, kind, attributes = 0n } = partition;
  const style = readDiskTable(disk).style;
  if (style === 'gpt') {
    const name = NAMES[type] ?? 'Basic data partition';
    return editGpt(disk, (gpt) =>
      addGptPartition(gpt, { type: String(type), guid, startSector, sizeSectors, attributes, name }),
    );
  }
  return editMbr(disk, (partitions) => {
    const used = new Set(partitions.map(({ number }) => number));
    const number = kind === 'logical' ? firstFree(used, 5, 128) : firstFree(used, 1, 4);
    return [...partitions, { number, active: false, type: Number(type), startSector, sizeSectors }];
  });
}

function firstFree(used: ReadonlySet<number>, from: number, to: number): number {
  for (let entry = from; entry <= to; entry += 1) if (!used.has(entry)) return entry;
  throw new Error(`The partition table has no free entry: ${from} to ${to} are all taken.`);
}

/** Takes a partition out of the table. Its contents stay where they are. */
export function removePartition(disk: SectorReader, { entry }: TablePartition): Patch[] {
  if (readDiskTable(disk).style === 'gpt') return editGpt(disk, (gpt) => removeGptPartition(gpt, entry));
  return editMbr(disk, (partitions) => partitions.filter(({ number }) => number !== entry));
}

/** Marks a partition of an MBR disk as active, and no other; or none. */
export function setActive(disk: SectorReader, active: TablePartition | undefined): Patch[] {
  return editMbr(disk, (partitions) =>
    partitions.map((one) => ({ ...one, active: one.number === active?.entry })),
  );
}

/** Gives a partition another size, in sectors; its start stays. */
export function setSize(disk: SectorReader, { entry }: TablePartition, sizeSectors: number): Patch[] {
  if (readDiskTable(disk).style === 'gpt')
    return editGpt(disk, (gpt) => changePartition(gpt, entry, { sizeSectors }));
  return editMbr(disk, (partitions) =>
    partitions.map((one) => (one.number === entry ? { ...one, sizeSectors } : one)),
  );
}

/** Changes a partition's type: an MBR byte, or a GPT type GUID. */
export function setType(disk: SectorReader, { entry }: TablePartition, type: number | string): Patch[] {
  if (typeof type === 'string') return editGpt(disk, (gpt) => changePartition(gpt, entry, { type }));
  return editMbr(disk, (partitions) =>
    partitions.map((one) => (one.number === entry ? { ...one, type } : one)),
  );
}

/** Sets the attributes (u64) of a GPT entry. */
export function setAttributes(disk: SectorReader, { entry }: TablePartition, attributes: bigint): Patch[] {
  return editGpt(disk, (gpt) => changePartition(gpt, entry, { attributes }));
}

/** Gives an initialised disk another MBR signature. */
export function changeSignature(disk: SectorReader, signature: number): Patch[] {
  return [{ offsetBytes: 0, bytes: setSignature(readSectors(disk, 0), signature) }];
}

/** Gives a GPT disk another GUID, and other GUIDs to the partitions that `partitionGuid` answers for. */
export function changeGuids(
  disk: SectorReader,
  diskGuid: string,
  partitionGuid: (guid: string) => string | undefined = () => undefined,
): Patch[] {
  return editGpt(disk, (gpt) => ({
    ...gpt,
    diskGuid,
    partitions: gpt.partitions.map((one) => ({ ...one, guid: partitionGuid(one.guid) ?? one.guid })),
  }));
}

function editGpt(disk: SectorReader, edit: (gpt: GuidPartitionTable) => GuidPartitionTable): Patch[] {
  const gpt = readGpt(disk);
  if (!gpt) throw new Error('The disk has no GUID partition table that could be changed.');
  return gptPatches(edit(gpt), sectorsOf(disk));
}

function editMbr(
  disk: SectorReader,
  edit: (partitions: readonly MbrPartition[]) => readonly MbrPartition[],
): Patch[] {
  const mbr = readMbr(disk);
  if (!mbr) throw new Error('The disk has no master boot record that could be changed.');
  return partitionPatches(disk, renumbered(edit(mbr.partitions)));
}

/** Logical drives are chained by place: their numbers have no gaps. */
function renumbered(partitions: readonly MbrPartition[]): MbrPartition[] {
  const drives = partitions
    .filter(({ number }) => number > 4)
    .sort((a, b) => a.startSector - b.startSector)
    .map((drive, index) => ({ ...drive, number: 5 + index }));
  return [...partitions.filter(({ number }) => number <= 4), ...drives];
}
