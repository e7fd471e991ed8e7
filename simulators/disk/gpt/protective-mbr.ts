import { buildMbr, type Patch, parseMbr, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';

const PROTECTIVE_TYPE = 0xee;
const END_CHS = 0x1be + 5;
/** Sectors that cylinder, head and sector fields reach with 255 heads of 63 sectors. */
const CHS_LIMIT = 1024 * 255 * 63;

/**
 * The protective master boot record (UEFI 2.10, section 5.2.3): one entry of type 0xEE over the whole disk, as far as 32 bits
 * count. Boot code is kept; signature and other entries go.
 */
export function protectiveMbrPatch(reader: SectorReader): Patch {
  const diskSectors = Math.floor(reader.sizeBytes / SECTOR_BYTES);
  const sector = buildMbr({
    bootCode: readSectors(reader, 0).slice(0, 440),
    signature: 0,
    partitions: [
      {
        number: 1,
        active: false,
        type: PROTECTIVE_TYPE,
        startSector: 1,
        sizeSectors: Math.min(diskSectors - 1, 0xffffffff),
      },
    ],
  });
  if (diskSectors > CHS_LIMIT) sector.fill(0xff, END_CHS, END_CHS + 3);
  return { offsetBytes: 0, bytes: sector };
}

/**
 * True where sector 0 says that the disk has a GPT: its only entries protect it. One with other partitions beside (a
 * "hybrid" record) is a master boot record to Windows (general knowledge). Throws a DiskFormatError for a sector 0 that
 * contradicts itself.
 */
export function hasProtectiveMbr(reader: SectorReader): boolean {
  const { partitions = [] } = parseMbr(readSectors(reader, 0)) ?? {};
  return partitions.length > 0 && partitions.every(({ type }) => type === PROTECTIVE_TYPE);
}
