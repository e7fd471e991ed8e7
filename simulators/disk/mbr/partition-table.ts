import { chsOf } from './chs';
import { SECTOR_BYTES } from './sectors';

const SIGNATURE_OFFSET = 0x1b8;
const TABLE_OFFSET = 0x1be;
const ENTRY_BYTES = 16;
const BOOT_CODE_BYTES = SIGNATURE_OFFSET;

/** A used entry of the table. Sectors are absolute, 512 bytes each. */
export interface MbrPartition {
  /** 1 to 4: the entry's place in the table, which is also the number Linux gives. */
  readonly number: number;
  readonly active: boolean;
  /** System indicator byte: 0x07 NTFS, 0x42 dynamic disk, 0xee protective. */
  readonly type: number;
  readonly startSector: number;
  readonly sizeSectors: number;
}

interface MasterBootRecord {
  /** The first 440 bytes, kept as they are. */
  readonly bootCode: Uint8Array;
  /** Disk signature, u32 at 0x1B8. */
  readonly signature: number;
  readonly partitions: readonly MbrPartition[];
}

function isMasterBootRecord(sector: Uint8Array): boolean {
  return sector[510] === 0x55 && sector[511] === 0xaa;
}

function parseEntry(view: DataView, number: number): MbrPartition | undefined {
  const at = TABLE_OFFSET + (number - 1) * ENTRY_BYTES;
  const status = view.getUint8(at);
  const type = view.getUint8(at + 4);
  const startSector = view.getUint32(at + 8, true);
  const sizeSectors = view.getUint32(at + 12, true);
  if (type === 0) return undefined;
  if (status !== 0 && status !== 0x80) {
    throw new Error(
      `Partition entry ${number} has the status byte 0x${status.toString(16)}; only 0x00 and 0x80 (active) are valid. Sector 0 is a boot sector without a table, or damaged.`,
    );
  }
  return { number, active: status === 0x80, type, startSector, sizeSectors };
}

/**
 * Parses sector 0. Returns undefined for a sector without the 55 AA mark (a disk that is not initialised); throws
 * with a sentence where the mark is there and the table contradicts itself.
 */
export function parseMbr(sector: Uint8Array): MasterBootRecord | undefined {
  requireSector(sector);
  if (!isMasterBootRecord(sector)) return undefined;
  const view = new DataView(sector.buffer, sector.byteOffset, SECTOR_BYTES);
  const partitions = [1, 2, 3, 4]
    .map((number) => parseEntry(view, number))
    .filter((entry) => entry !== undefined);
  return {
    bootCode: sector.slice(0, BOOT_CODE_BYTES),
    signature: view.getUint32(SIGNATURE_OFFSET, true),
    partitions,
  };
}

/**
 * Builds sector 0. `bootCode` may be shorter than 440 bytes; the rest is zero. The partitions are validated
 * against each other and, where given, against `diskSectors`.
 */
export function buildMbr(
  record: { bootCode?: Uint8Array; signature: number; partitions: readonly MbrPartition[] },
  diskSectors?: number,
): Uint8Array {
  const bootCode = record.bootCode ?? new Uint8Array(0);
  if (bootCode.length > BOOT_CODE_BYTES) {
    throw new RangeError(
      `The boot code has ${bootCode.length} bytes and only ${BOOT_CODE_BYTES} fit before the disk signature. Put the rest into the sectors after it.`,
    );
  }
  validatePartitions(record.partitions, diskSectors);
  const sector = new Uint8Array(SECTOR_BYTES);
  const view = new DataView(sector.buffer);
  sector.set(bootCode, 0);
  view.setUint32(SIGNATURE_OFFSET, record.signature, true);
  for (const partition of record.partitions) {
    const at = TABLE_OFFSET + (partition.number - 1) * ENTRY_BYTES;
    view.setUint8(at, partition.active ? 0x80 : 0);
    sector.set(chsOf(partition.startSector), at + 1);
    view.setUint8(at + 4, partition.type);
    sector.set(chsOf(partition.startSector + partition.sizeSectors - 1), at + 5);
    view.setUint32(at + 8, partition.startSector, true);
    view.setUint32(at + 12, partition.sizeSectors, true);
  }
  sector.set([0x55, 0xaa], 510);
  return sector;
}

/** A copy of sector 0 with another disk signature; nothing else changes. */
export function setSignature(sector: Uint8Array, signature: number): Uint8Array {
  requireSector(sector);
  if (!isMasterBootRecord(sector)) {
    throw new Error(
      'Sector 0 has no 55 AA mark, so there is no master boot record whose disk signature could be set. Initialise the disk first.',
    );
  }
  if (!Number.isInteger(signature) || signature < 0 || signature > 0xffffffff) {
    throw new RangeError(`${signature} is not a disk signature: a 32-bit number is needed.`);
  }
  const changed = sector.slice();
  new DataView(changed.buffer).setUint32(SIGNATURE_OFFSET, signature, true);
  return changed;
}

/** Throws with a sentence at the first thing that is wrong with a table. */
function validatePartitions(partitions: readonly MbrPartition[], diskSectors?: number): void {
  const sorted = [...partitions].sort((a, b) => a.startSector - b.startSector);
  const active = partitions.filter((partition) => partition.active);
  if (active.length > 1) {
    throw new Error(
      `Partitions ${active.map(({ number }) => number).join(' and ')} are all active; a BIOS starts one. Mark only one of them.`,
    );
  }
  sorted.forEach((partition, index) => {
    validateEntry(partition, diskSectors);
    const before = sorted[index - 1];
    if (before && before.startSector + before.sizeSectors > partition.startSector) {
      throw new Error(
        `Partition ${partition.number} starts at sector ${partition.startSector}, inside partition ${before.number}, which ends at ${before.startSector + before.sizeSectors - 1}. Move or shrink one of them.`,
      );
    }
    if (partitions.filter(({ number }) => number === partition.number).length > 1) {
      throw new Error(`Two partitions have the number ${partition.number}; the four entries are 1 to 4.`);
    }
  });
}

function validateEntry({ number, type, startSector, sizeSectors }: MbrPartition, diskSectors?: number): void {
  if (!Number.isInteger(number) || number < 1 || number > 4) {
    throw new RangeError(`A master boot record has the entries 1 to 4; there is no entry ${number}.`);
  }
  if (type < 1 || type > 0xff)
    throw new RangeError(`Partition ${number} has the type ${type}; 1 to 255 are valid.`);
  if (startSector < 1)
    throw new RangeError(`Partition ${number} starts at sector ${startSector}; sector 0 is the table.`);
  if (sizeSectors < 1)
    throw new RangeError(`Partition ${number} has ${sizeSectors} sectors; give it at least one.`);
  const end = startSector + sizeSectors;
  if (end > 0x1_0000_0000) {
    throw new RangeError(
      `Partition ${number} ends at sector ${end - 1}, beyond the 2 TiB that a master boot record can name. Use GPT.`,
    );
  }
  if (diskSectors !== undefined && end > diskSectors) {
    throw new RangeError(
      `Partition ${number} ends at sector ${end - 1}, but the disk has only ${diskSectors} sectors. Shrink it or enlarge the disk.`,
    );
  }
}

function requireSector(sector: Uint8Array): void {
  if (sector.length < SECTOR_BYTES) {
    throw new RangeError(`Sector 0 needs ${SECTOR_BYTES} bytes, got ${sector.length}.`);
  }
}
