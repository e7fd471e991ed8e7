import { SECTOR_BYTES } from '../../disk/mbr';
import type { VolumeView } from '../windows-host';
import type { TablePartition } from './disk-table';

/** True where the basic volume is this partition of this disk. */
export function isVolumeOf(
  { diskNumbers, location }: VolumeView,
  disk: { readonly number: number },
  { guid, startSector }: TablePartition,
): boolean {
  if (!diskNumbers.includes(disk.number) || location.style === 'dynamic') return false;
  return location.style === 'mbr'
    ? location.offsetBytes === startSector * SECTOR_BYTES
    : location.partitionGuid === guid;
}
