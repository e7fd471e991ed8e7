import { readU32, writeU32 } from '../bytes';
import { refused } from './damaged';
import type { MasterBootRecord, MbrPartition } from './mbr-partition';
import { clearEntry, hasTableMark, parseEntry, writeEntry } from './partition-entry';
import { SECTOR_BYTES } from './sectors';
import { validatePrimaries } from './validate-table';

const SIGNATURE_OFFSET = 0x1b8;
/** Bytes of boot code in sector 0, before the disk signature. */
export const BOOT_CODE_BYTES = SIGNATURE_OFFSET;
const NUMBERS = [1, 2, 3, 4];

/**
 * Parses sector 0: the four entries, no logical drives (`readMbr` reads those too). Returns undefined for a sector
 * without the 55 AA mark (a disk that is not initialised); throws a DiskFormatError where the mark is there and the
 * table contradicts itself.
 */
export function parseMbr(sector: Uint8Array): MasterBootRecord | undefined {
  requireSector(sector);
  if (!hasTableMark(sector)) return undefined;
  const partitions = NUMBERS.flatMap((number) => {
    const entry = parseEntry(sector, number, 0);
    return entry ? [{ number, ...entry }] : [];
  });
  return {
    bootCode: sector.slice(0, BOOT_CODE_BYTES),
    signature: readU32(sector, SIGNATURE_OFFSET),
    partitions,
  };
}

/**
 * Builds sector 0. `bootCode` may be shorter than 440 bytes; the rest is zero. The partitions are validated
 * against each other and, where given, against `diskSectors`; a DiskFormatError says what is wrong with them.
 */
export function buildMbr(
  record: { bootCode?: Uint8Array; signature: number; partitions: readonly MbrPartition[] },
  diskSectors?: number,
): Uint8Array {
  const sector = new Uint8Array(SECTOR_BYTES);
  sector.set([0x55, 0xaa], 510);
  writeU32(sector, SIGNATURE_OFFSET, record.signature);
  return replaceBootCode(
    replacePartitions(sector, record.partitions, diskSectors),
    record.bootCode ?? new Uint8Array(0),
  );
}

/**
 * A copy of sector 0 with these partitions in its four entries; boot code, signature and the entries that stay what
 * they are keep their bytes.
 */
export function replacePartitions(
  sector: Uint8Array,
  partitions: readonly MbrPartition[],
  diskSectors?: number,
): Uint8Array {
  requireRecord(sector, 'whose partitions could be replaced');
  validatePrimaries(partitions, diskSectors);
  const changed = sector.slice(0, SECTOR_BYTES);
  for (const number of NUMBERS) {
    const wanted = partitions.find((partition) => partition.number === number);
    if (!wanted) clearEntry(changed, number);
    else if (!sameEntry(sector, wanted)) writeEntry(changed, number, wanted);
  }
  return changed;
}

/** A copy of sector 0 with other boot code (`bootrec /fixmbr`): 440 bytes, filled up with zeros. Nothing else changes. */
export function replaceBootCode(sector: Uint8Array, bootCode: Uint8Array): Uint8Array {
  requireRecord(sector, 'whose boot code could be replaced');
  if (bootCode.length > BOOT_CODE_BYTES) {
    throw refused(
      BOOT_CODE_BYTES,
      `the boot code has ${bootCode.length} bytes and only ${BOOT_CODE_BYTES} fit before the disk signature`,
      'Put the rest into the sectors after it.',
    );
  }
  const changed = sector.slice(0, SECTOR_BYTES);
  changed.fill(0, 0, BOOT_CODE_BYTES);
  changed.set(bootCode);
  return changed;
}

/** A copy of sector 0 with another disk signature; nothing else changes. */
export function setSignature(sector: Uint8Array, signature: number): Uint8Array {
  requireRecord(sector, 'whose disk signature could be set');
  if (!Number.isInteger(signature) || signature < 0 || signature > 0xffffffff) {
    throw new RangeError(`${signature} is not a disk signature: a 32-bit number is needed.`);
  }
  const changed = sector.slice(0, SECTOR_BYTES);
  writeU32(changed, SIGNATURE_OFFSET, signature);
  return changed;
}

function sameEntry(sector: Uint8Array, wanted: MbrPartition): boolean {
  const entry = parseEntry(sector, wanted.number, 0);
  return (
    entry?.active === wanted.active &&
    entry.type === wanted.type &&
    entry.startSector === wanted.startSector &&
    entry.sizeSectors === wanted.sizeSectors
  );
}

export function requireRecord(sector: Uint8Array, wish: string): void {
  requireSector(sector);
  if (hasTableMark(sector)) return;
  throw refused(
    510,
    `sector 0 has no 55 AA mark, so there is no master boot record ${wish}`,
    'Initialise the disk first.',
  );
}

function requireSector(sector: Uint8Array): void {
  if (sector.length >= SECTOR_BYTES) return;
  throw refused(
    sector.length,
    `sector 0 needs ${SECTOR_BYTES} bytes, got ${sector.length}`,
    'The disk image is cut short.',
  );
}
