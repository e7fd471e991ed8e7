import { guidFromBytes } from '../bytes';
import { readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { crc32 } from './crc32';

interface GptPartition {
  /** Entry number, from 1. */
  readonly number: number;
  /** Lower-case GUIDs without braces. */
  readonly type: string;
  readonly guid: string;
  readonly startSector: number;
  readonly sizeSectors: number;
  readonly name: string;
}

interface GuidPartitionTable {
  readonly diskGuid: string;
  readonly firstUsableSector: number;
  readonly lastUsableSector: number;
  readonly partitions: readonly GptPartition[];
}

const SIGNATURE = 'EFI PART';
const HEADER_MINIMUM = 92;

/**
 * Reads the primary GUID partition table at sector 1 (UEFI 2.10, section 5.3), or the backup in the last sector
 * where the primary is damaged. Returns undefined for a disk without either; throws where the only ones present
 * have wrong checksums.
 */
export function readGpt(reader: SectorReader): GuidPartitionTable | undefined {
  const lastSector = Math.floor(reader.sizeBytes / SECTOR_BYTES) - 1;
  if (lastSector < 2) return undefined;
  let damage: Error | undefined;
  for (const sector of [1, lastSector]) {
    const header = readSectors(reader, sector);
    if (ascii(header, 0, 8) !== SIGNATURE) continue;
    try {
      return parseTable(reader, header, sector);
    } catch (error) {
      damage ??= error as Error;
    }
  }
  if (damage) throw damage;
  return undefined;
}

function parseTable(reader: SectorReader, header: Uint8Array, sector: number): GuidPartitionTable {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const headerBytes = view.getUint32(12, true);
  if (headerBytes < HEADER_MINIMUM || headerBytes > SECTOR_BYTES) {
    throw new Error(
      `The GPT header in sector ${sector} says it has ${headerBytes} bytes; ${HEADER_MINIMUM} to 512 are valid.`,
    );
  }
  const checked = header.slice(0, headerBytes);
  checked.fill(0, 16, 20);
  requireCrc(`GPT header in sector ${sector}`, view.getUint32(16, true), crc32(checked));

  const count = view.getUint32(80, true);
  const entryBytes = view.getUint32(84, true);
  if (entryBytes < 128 || entryBytes % 8 !== 0 || count * entryBytes > 1 << 20) {
    throw new Error(
      `The GPT in sector ${sector} has ${count} entries of ${entryBytes} bytes, which cannot be right.`,
    );
  }
  const tableSectors = Math.ceil((count * entryBytes) / SECTOR_BYTES);
  const table = readSectors(reader, sectorNumber(view, 72), tableSectors).subarray(0, count * entryBytes);
  requireCrc(`GPT entries of the header in sector ${sector}`, view.getUint32(88, true), crc32(table));

  const partitions: GptPartition[] = [];
  for (let index = 0; index < count; index += 1) {
    const entry = table.subarray(index * entryBytes, (index + 1) * entryBytes);
    if (entry.subarray(0, 16).some((byte) => byte !== 0)) partitions.push(parseEntry(entry, index + 1));
  }
  return {
    diskGuid: guidFromBytes(header.subarray(56, 72)),
    firstUsableSector: sectorNumber(view, 40),
    lastUsableSector: sectorNumber(view, 48),
    partitions,
  };
}

function parseEntry(entry: Uint8Array, number: number): GptPartition {
  const view = new DataView(entry.buffer, entry.byteOffset, entry.byteLength);
  const startSector = sectorNumber(view, 32);
  let name = '';
  for (let at = 56; at < 128; at += 2) {
    const unit = view.getUint16(at, true);
    if (unit === 0) break;
    name += String.fromCharCode(unit);
  }
  return {
    number,
    type: guidFromBytes(entry.subarray(0, 16)),
    guid: guidFromBytes(entry.subarray(16, 32)),
    startSector,
    sizeSectors: sectorNumber(view, 40) - startSector + 1,
    name,
  };
}

function sectorNumber(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;
}

function requireCrc(what: string, stored: number, computed: number): void {
  if (stored === computed) return;
  const hex = (value: number) => `0x${value.toString(16).padStart(8, '0')}`;
  throw new Error(
    `The ${what} has the checksum ${hex(stored)}, but its bytes give ${hex(computed)}. It is damaged.`,
  );
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
