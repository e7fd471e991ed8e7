import { readU16, readU32, writeU32 } from '../bytes';
import { chsOf } from './chs';
import { damaged } from './damaged';
import { SECTOR_BYTES } from './sectors';

const TABLE_OFFSET = 0x1be;
const ENTRY_BYTES = 16;

/** One used entry of a partition table. `startSector` counts from wherever the table says: see its callers. */
export interface TableEntry {
  readonly active: boolean;
  readonly type: number;
  readonly startSector: number;
  readonly sizeSectors: number;
}

/** Byte offset of an entry (1 to 4) in its sector. */
export function entryOffset(number: number): number {
  return TABLE_OFFSET + (number - 1) * ENTRY_BYTES;
}

/** True where the sector ends with 55 AA. */
export function hasTableMark(sector: Uint8Array): boolean {
  return readU16(sector, 510) === 0xaa55;
}

/** True for the types of an extended partition: CHS, LBA, and the one that Linux also follows. */
export function isExtended(type: number): boolean {
  return type === 0x05 || type === 0x0f || type === 0x85;
}

/**
 * Entry `number` (1 to 4) of the table in `sector`, undefined where it is unused. Throws a DiskFormatError for a
 * status byte that is none. `tableSector` is where the table stands on the disk.
 */
export function parseEntry(sector: Uint8Array, number: number, tableSector: number): TableEntry | undefined {
  const at = entryOffset(number);
  const status = sector[at]!;
  const type = sector[at + 4]!;
  if (type === 0) return undefined;
  if (status !== 0 && status !== 0x80) {
    throw damaged(
      tableSector * SECTOR_BYTES + at,
      `partition entry ${number} has the status byte 0x${status.toString(16)}; only 0x00 and 0x80 (active) are valid`,
      `Sector ${tableSector} is a boot sector without a table, or damaged.`,
    );
  }
  return {
    active: status === 0x80,
    type,
    startSector: readU32(sector, at + 8),
    sizeSectors: readU32(sector, at + 12),
  };
}

/** Writes an entry into `sector`. `absoluteStart` is for the cylinder, head and sector fields. */
export function writeEntry(
  sector: Uint8Array,
  number: number,
  { active, type, startSector, sizeSectors }: TableEntry,
  absoluteStart = startSector,
): void {
  const at = entryOffset(number);
  sector[at] = active ? 0x80 : 0;
  sector.set(chsOf(absoluteStart), at + 1);
  sector[at + 4] = type;
  sector.set(chsOf(absoluteStart + sizeSectors - 1), at + 5);
  writeU32(sector, at + 8, startSector);
  writeU32(sector, at + 12, sizeSectors);
}

/** Marks an entry as unused. */
export function clearEntry(sector: Uint8Array, number: number): void {
  sector.fill(0, entryOffset(number), entryOffset(number) + ENTRY_BYTES);
}
