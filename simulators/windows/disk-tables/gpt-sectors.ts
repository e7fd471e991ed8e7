import { guidToBytes, readU32, readU64, writeU32, writeU64 } from '../../disk/bytes';
import { crc32, readGpt } from '../../disk/gpt';
import { buildMbr, type Patch, readSectors, SECTOR_BYTES, type SectorReader } from '../../disk/mbr';
import { PartitionType } from './partition-types';

/** A used entry of the table. Sectors are absolute; GUIDs are lower case without braces. */
export interface GptEntry {
  /** Place in the table, from 1. */
  readonly entry: number;
  readonly type: string;
  readonly guid: string;
  readonly startSector: number;
  readonly sizeSectors: number;
  readonly attributes: bigint;
}

/** A GPT with its bytes, so that an edit keeps what it does not know. */
export interface GptSectors {
  readonly diskGuid: string;
  readonly firstUsable: number;
  readonly lastUsable: number;
  readonly entries: readonly GptEntry[];
  readonly entryBytes: number;
  /** Header sector and entry table of the copy that is good. */
  readonly header: Uint8Array;
  readonly table: Uint8Array;
}

const HEADER_BYTES = 92;
const ENTRY_COUNT = 128;
const ENTRY_BYTES = 128;
const TABLE_SECTORS = (ENTRY_COUNT * ENTRY_BYTES) / SECTOR_BYTES;

/** Reads the good one of the two copies; undefined without any. @throws Error where both are damaged. */
export function readGptSectors(disk: SectorReader): GptSectors | undefined {
  const checked = readGpt(disk);
  if (!checked) return undefined;
  const header = goodHeader(disk);
  const count = readU32(header, 80);
  const entryBytes = readU32(header, 84);
  const sectors = Math.ceil((count * entryBytes) / SECTOR_BYTES);
  const table = readSectors(disk, Number(readU64(header, 72)), sectors).slice(0, count * entryBytes);
  return {
    diskGuid: checked.diskGuid,
    firstUsable: checked.firstUsableSector,
    lastUsable: checked.lastUsableSector,
    entries: checked.partitions.map(({ number, type, guid, startSector, sizeSectors }) => ({
      entry: number,
      type,
      guid,
      startSector,
      sizeSectors,
      attributes: readU64(table, (number - 1) * entryBytes + 48),
    })),
    entryBytes,
    header,
    table,
  };
}

function goodHeader(disk: SectorReader): Uint8Array {
  const last = Math.floor(disk.sizeBytes / SECTOR_BYTES) - 1;
  const primary = readSectors(disk, 1);
  // The primary copy is good where it alone can be read as a table.
  const alone: SectorReader = {
    sizeBytes: disk.sizeBytes,
    read: (offset, length) =>
      offset === last * SECTOR_BYTES ? new Uint8Array(length) : disk.read(offset, length),
  };
  try {
    if (readGpt(alone)) return primary;
  } catch {
    // The backup is the good one then: readGpt had accepted one of the two.
  }
  return readSectors(disk, last);
}

/** The patches for both copies with these contents; the checksums and each copy's own places are put right. */
export function sealGpt(sectors: number, { header, table }: Pick<GptSectors, 'header' | 'table'>): Patch[] {
  const last = sectors - 1;
  const tableSectors = Math.ceil(table.length / SECTOR_BYTES);
  const padded = new Uint8Array(tableSectors * SECTOR_BYTES);
  padded.set(table);
  return [
    { place: 1, other: last, entries: 2 },
    { place: last, other: 1, entries: last - tableSectors },
  ].flatMap(({ place, other, entries }) => {
    const bytes = header.slice();
    writeU64(bytes, 24, BigInt(place));
    writeU64(bytes, 32, BigInt(other));
    writeU64(bytes, 72, BigInt(entries));
    writeU32(bytes, 88, crc32(table));
    writeU32(bytes, 16, 0);
    writeU32(bytes, 16, crc32(bytes.subarray(0, readU32(bytes, 12))));
    return [
      { offsetBytes: place * SECTOR_BYTES, bytes },
      { offsetBytes: entries * SECTOR_BYTES, bytes: padded },
    ];
  });
}

/** A new table without partitions, protective master boot record included (UEFI 2.10, section 5). */
export function newGpt(sectors: number, diskGuid: string): Patch[] {
  const header = new Uint8Array(SECTOR_BYTES);
  header.set(new TextEncoder().encode('EFI PART'));
  writeU32(header, 8, 0x10000);
  writeU32(header, 12, HEADER_BYTES);
  writeU64(header, 40, BigInt(2 + TABLE_SECTORS));
  writeU64(header, 48, BigInt(sectors - 2 - TABLE_SECTORS));
  header.set(guidToBytes(diskGuid), 56);
  writeU32(header, 80, ENTRY_COUNT);
  writeU32(header, 84, ENTRY_BYTES);
  const protective = buildMbr({
    signature: 0,
    partitions: [
      {
        number: 1,
        active: false,
        type: PartitionType.protective,
        startSector: 1,
        sizeSectors: Math.min(sectors - 1, 0xffff_ffff - 1),
      },
    ],
  });
  return [
    { offsetBytes: 0, bytes: protective },
    ...sealGpt(sectors, { header, table: new Uint8Array(ENTRY_COUNT * ENTRY_BYTES) }),
  ];
}

/** Bytes of an entry. `name` is shown by other systems only. */
export function encodeGptEntry(
  entry: Omit<GptEntry, 'entry'> & { readonly name: string },
  entryBytes: number,
): Uint8Array {
  const bytes = new Uint8Array(entryBytes);
  bytes.set(guidToBytes(entry.type), 0);
  bytes.set(guidToBytes(entry.guid), 16);
  writeU64(bytes, 32, BigInt(entry.startSector));
  writeU64(bytes, 40, BigInt(entry.startSector + entry.sizeSectors - 1));
  writeU64(bytes, 48, entry.attributes);
  [...entry.name].slice(0, 36).forEach((letter, index) => {
    bytes[56 + index * 2] = letter.charCodeAt(0);
  });
  return bytes;
}
