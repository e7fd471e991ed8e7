import { damaged, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { AttributeType } from './attributes';
import { type NtfsBootSector, parseNtfsBootSector } from './boot-sector';
import { contentOf, readPlaces } from './file-content';
import { FILE_RECORD_ADVICE } from './file-record';
import { type FileRecord, readFileRecord } from './read-file-record';

/** The master file table of a volume. */
export interface FileTable {
  readonly boot: NtfsBootSector;
  /** A record by its number; undefined behind the table's end, and for one that holds no file. */
  record(number: number): FileRecord | undefined;
}

/**
 * Opens the master file table by its first record; where its places fill more than that one, no record is known. Throws a
 * DiskFormatError for a volume that is damaged or no NTFS; so does `record`.
 */
export function openFileTable(volume: SectorReader): FileTable {
  const boot = parseNtfsBootSector(readSectors(volume, 0));
  const { bytesPerFileRecord, fileTableOffset } = boot;
  const own = readFileRecord(
    readSectors(volume, fileTableOffset / SECTOR_BYTES, bytesPerFileRecord / SECTOR_BYTES),
    fileTableOffset,
  );
  const data = own?.attributes.find(({ type, name }) => type === AttributeType.data && name === '');
  if (!data) throw damaged(fileTableOffset, 'the master file table has no data', FILE_RECORD_ADVICE);
  const table = contentOf(data, boot);
  return {
    boot,
    record: (number) => {
      const start = number * bytesPerFileRecord;
      if (!table || start + bytesPerFileRecord > table.sizeBytes) return undefined;
      const { bytes, offset } = readPlaces(volume, table, start, bytesPerFileRecord);
      const record = readFileRecord(bytes, offset);
      return record?.inUse ? record : undefined;
    },
  };
}
