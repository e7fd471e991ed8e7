import type { SectorReader } from '../mbr';
import { type FilePlace, fileContent } from './file-content';
import { openFileTable } from './file-table';

/**
 * Where the content of a file lies on its volume, when that is one piece. Undefined for one that is scattered, compressed
 * or within its record. Throws a DiskFormatError for a volume that is damaged.
 * @param number of the file's record in the master file table: what `stat` shows as the inode
 */
export function filePlace(volume: SectorReader, number: number): FilePlace | undefined {
  const table = openFileTable(volume);
  const record = table.record(number);
  const [place, ...more] = (record && fileContent(record, table.boot)?.places) ?? [];
  return more.length > 0 ? undefined : place;
}
