export {
  buildMbr,
  type MbrPartition,
  parseMbr,
  setSignature,
} from './partition-table';
export { type Patch, readSectors, SECTOR_BYTES, type SectorReader } from './sectors';
