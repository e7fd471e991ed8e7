import { readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { AttributeType, type NtfsAttribute } from './attributes';
import { parseNtfsBootSector } from './boot-sector';
import { decodeRuns } from './cluster-runs';
import { readFileRecord } from './read-file-record';

/** A piece of a volume, in bytes from its start. */
export interface FilePlace {
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

/**
 * Where the content of a file lies on its volume, when that is one piece. Undefined for one that is scattered, compressed
 * or within its record. Throws a DiskFormatError for a volume that is damaged.
 * @param number of the file's record in the master file table: what `stat` shows as the inode
 */
export function filePlace(volume: SectorReader, number: number): FilePlace | undefined {
  const boot = parseNtfsBootSector(readSectors(volume, 0));
  const { bytesPerCluster, bytesPerFileRecord, bytesPerSector, fileTableOffset, totalSectors } = boot;
  const clusters = Math.floor((totalSectors * bytesPerSector) / bytesPerCluster);
  const contentOf = (offset: number): NtfsAttribute | undefined => {
    const sectors = readSectors(volume, offset / SECTOR_BYTES, bytesPerFileRecord / SECTOR_BYTES);
    const record = readFileRecord(sectors, offset);
    return record?.attributes.find(({ type, name }) => type === AttributeType.data && name === '');
  };
  const runsOf = ({ runs }: NtfsAttribute) => decodeRuns(runs, clusters);

  let inTable = number * bytesPerFileRecord;
  let recordOffset: number | undefined;
  const table = contentOf(fileTableOffset);
  for (const { start, count } of table ? runsOf(table) : []) {
    const bytes = count * bytesPerCluster;
    if (start !== undefined && inTable < bytes) {
      recordOffset = start * bytesPerCluster + inTable;
      break;
    }
    inTable -= bytes;
  }
  const content = recordOffset === undefined ? undefined : contentOf(recordOffset);
  if (!content || content.content !== undefined || content.lowestCluster !== 0) return undefined;
  const [run, ...more] = runsOf(content);
  if (run?.start === undefined || more.length > 0 || run.count * bytesPerCluster < content.dataBytes)
    return undefined;
  return { offsetBytes: run.start * bytesPerCluster, sizeBytes: content.dataBytes };
}
