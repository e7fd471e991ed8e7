import { readGpt } from '../gpt';
import { parseMbr, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import {
  BACKUP_PRIVHEADS,
  DYNAMIC_TYPE,
  LDM_METADATA_TYPE,
  MBR_PRIVHEAD_SECTOR,
  PRIVATE_SECTORS,
} from './layout';

interface DynamicStyle {
  readonly style: 'mbr' | 'gpt';
  /** Absolute sectors where a PRIVHEAD may stand. */
  readonly candidates: readonly number[];
}

/** How the partition table says that the disk is dynamic, or undefined where it does not. */
export function findDynamicStyle(reader: SectorReader): DynamicStyle | undefined {
  const sectors = Math.floor(reader.sizeBytes / SECTOR_BYTES);
  if (sectors < 1) return undefined;
  const mbr = parseMbr(readSectors(reader, 0));
  if (mbr?.partitions.some(({ type }) => type === DYNAMIC_TYPE)) {
    const privateStart = sectors - PRIVATE_SECTORS;
    const backups = BACKUP_PRIVHEADS.map((sector) => privateStart + sector);
    return { style: 'mbr', candidates: [MBR_PRIVHEAD_SECTOR, ...backups] };
  }
  if (!mbr?.partitions.some(({ type }) => type === 0xee)) return undefined;
  const table = readGpt(reader);
  const metadata = table?.partitions.find(({ type }) => type === LDM_METADATA_TYPE);
  if (!metadata) return undefined;
  const end = metadata.startSector + metadata.sizeSectors;
  return { style: 'gpt', candidates: [end - 1, metadata.startSector + BACKUP_PRIVHEADS[0]] };
}
