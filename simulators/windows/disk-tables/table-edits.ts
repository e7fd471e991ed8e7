import { concatBytes, guidToBytes } from '../../disk/bytes';
import {
  buildMbr,
  type Patch,
  readSectors,
  SECTOR_BYTES,
  type SectorReader,
  setSignature,
} from '../../disk/mbr';
import { type DiskTable, readDiskTable, type TablePartition } from './disk-table';
import type { Extent } from './free-space';
import { encodeGptEntry, type GptSectors, newGpt, readGptSectors, sealGpt } from './gpt-sectors';
import { partitionPatches } from './mbr-tables';
import { PartitionType } from './partition-types';

/** `clean` takes the first and the last MiB, where tables and LDM metadata lie (Microsoft's diskpart page). */
const CLEANED_BYTES = 2 ** 20;

/** Patches that leave no table. */
export function cleanDisk(disk: SectorReader): Patch[] {
  const length = Math.min(CLEANED_BYTES, disk.sizeBytes);
  return [
    { offsetBytes: 0, bytes: new Uint8Array(length) },
    { offsetBytes: disk.sizeBytes - length, bytes: new Uint8Array(length) },
  ];
}

/** An empty master boot record in place of whatever table was there. */
export function initialiseMbr(disk: SectorReader, signature: number): Patch[] {
  const [first, last] = cleanDisk(disk);
  first!.bytes.set(buildMbr({ signature, partitions: [] }));
  return [last!, first!];
}

/** An empty GUID partition table in place of whatever table was there. */
export function initialiseGpt(disk: SectorReader, diskGuid: string): Patch[] {
  return [...cleanDisk(disk), ...newGpt(Math.floor(disk.sizeBytes / SECTOR_BYTES), diskGuid)];
}

export interface NewPartition extends Extent {
  readonly kind: TablePartition['kind'];
  readonly type: number | string;
  /** For a GPT entry. */
  readonly guid: string;
  readonly attributes?: bigint;
  readonly name?: string;
}

/** Adds a partition. @throws Error where the table has no entry left. */
export function addPartition(disk: SectorReader, partition: NewPartition): Patch[] {
  const table = readDiskTable(disk);
  const { startSector, sizeSectors, type, guid, kind } = partition;
  if (table.style === 'gpt') {
    return editGpt(disk, (gpt) => {
      const used = new Set(gpt.entries.map(({ entry }) => entry));
      const entry = firstFree(used, 1, gpt.table.length / gpt.entryBytes);
      const { attributes = 0n, name = '' } = partition;
      const bytes = encodeGptEntry(
        { type: String(type), guid, startSector, sizeSectors, attributes, name },
        gpt.entryBytes,
      );
      gpt.table.set(bytes, (entry - 1) * gpt.entryBytes);
    });
  }
  const used = new Set(table.partitions.map(({ entry }) => entry));
  const entry = kind === 'logical' ? firstFree(used, 5, 128) : firstFree(used, 1, 4);
  const added = { number: entry, active: false, type: Number(type), startSector, sizeSectors };
  return partitionPatches(disk, renumbered([...mbrPartitions(table), added]));
}

function firstFree(used: ReadonlySet<number>, from: number, to: number): number {
  for (let entry = from; entry <= to; entry += 1) if (!used.has(entry)) return entry;
  throw new Error(`The partition table has no free entry: ${from} to ${to} are all taken.`);
}

/** Takes a partition out of the table. Its contents stay where they are. */
export function removePartition(disk: SectorReader, { entry }: TablePartition): Patch[] {
  const table = readDiskTable(disk);
  if (table.style === 'gpt') {
    return editGpt(disk, (gpt) => {
      gpt.table.fill(0, (entry - 1) * gpt.entryBytes, entry * gpt.entryBytes);
    });
  }
  return partitionPatches(disk, renumbered(mbrPartitions(table).filter(({ number }) => number !== entry)));
}

/** Marks a partition of an MBR disk as active, and no other; or none. */
export function setActive(disk: SectorReader, active: TablePartition | undefined): Patch[] {
  return partitionPatches(
    disk,
    mbrPartitions(readDiskTable(disk)).map((one) => ({ ...one, active: one.number === active?.entry })),
  );
}

/** Changes a partition's type: an MBR byte, or a GPT type GUID. */
export function setType(disk: SectorReader, { entry }: TablePartition, type: number | string): Patch[] {
  if (typeof type === 'string') {
    return editGpt(disk, (gpt) => gpt.table.set(guidToBytes(type), (entry - 1) * gpt.entryBytes));
  }
  return partitionPatches(
    disk,
    mbrPartitions(readDiskTable(disk)).map((one) => (one.number === entry ? { ...one, type } : one)),
  );
}

/** Sets the attributes (u64) of a GPT entry. */
export function setAttributes(disk: SectorReader, { entry }: TablePartition, attributes: bigint): Patch[] {
  return editGpt(disk, (gpt) => {
    const at = (entry - 1) * gpt.entryBytes + 48;
    new DataView(gpt.table.buffer, gpt.table.byteOffset).setBigUint64(at, attributes, true);
  });
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
  return editGpt(disk, (gpt) => {
    gpt.header.set(guidToBytes(diskGuid), 56);
    for (const { entry, guid } of gpt.entries) {
      const other = partitionGuid(guid);
      if (other !== undefined) gpt.table.set(guidToBytes(other), (entry - 1) * gpt.entryBytes + 16);
    }
  });
}

function editGpt(disk: SectorReader, edit: (gpt: GptSectors) => void): Patch[] {
  const gpt = readGptSectors(disk);
  if (!gpt) throw new Error('The disk has no GUID partition table that could be changed.');
  const copy = { ...gpt, header: concatBytes(gpt.header), table: concatBytes(gpt.table) };
  edit(copy);
  return sealGpt(Math.floor(disk.sizeBytes / SECTOR_BYTES), copy);
}

function mbrPartitions(table: DiskTable) {
  return table.partitions.map(({ entry, active, type, startSector, sizeSectors }) => ({
    number: entry,
    active,
    type: Number(type),
    startSector,
    sizeSectors,
  }));
}

/** Logical drives are chained by place: their numbers have no gaps. */
function renumbered<T extends { readonly number: number; readonly startSector: number }>(
  partitions: readonly T[],
): T[] {
  const drives = partitions
    .filter(({ number }) => number > 4)
    .sort((a, b) => a.startSector - b.startSector)
    .map((drive, index) => ({ ...drive, number: 5 + index }));
  return [...partitions.filter(({ number }) => number <= 4), ...drives];
}

/** The extended partition's type on new tables: the one that counts in sectors. */
export const NEW_EXTENDED = PartitionType.extendedLba;
