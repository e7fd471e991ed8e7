export { setActive } from './active-flag';
export { damaged, refused } from './damaged';
export { inspectMbr, type MbrInspection, partitionPatches, readMbr } from './disk-table';
export { readLogicalDrives } from './extended-partition';
export type { MasterBootRecord, MbrPartition } from './mbr-partition';
export { hasTableMark, isExtended } from './partition-entry';
export {
  BOOT_CODE_BYTES,
  buildMbr,
  parseMbr,
  replaceBootCode,
  replacePartitions,
  setSignature,
} from './partition-table';
export {
  type Patch,
  partOfDisk,
  patchesOfDisk,
  readSectors,
  SECTOR_BYTES,
  type SectorReader,
} from './sectors';
