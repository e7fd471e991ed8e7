import { concatBytes } from '../bytes';
import { damaged, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { AttributeType, type NtfsAttribute, PACKED } from './attributes';
import type { NtfsBootSector } from './boot-sector';
import { decodeRuns } from './cluster-runs';
import type { FileRecord } from './read-file-record';

/** A piece of a volume, in bytes from its start. */
export interface FilePlace {
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

/** Where the content of an attribute is: within its record, or in places of the volume. */
export interface FileContent {
  readonly sizeBytes: number;
  /** The content itself where it lies within the record; undefined for one in places. */
  readonly resident: Uint8Array | undefined;
  /** In the order of the content; together they have as many bytes as it. */
  readonly places: readonly FilePlace[];
}

/** Bytes on the volume, of whole sectors. */
interface PlacedBytes {
  readonly bytes: Uint8Array;
  /** Where the first of them stands. */
  readonly offset: number;
}

/**
 * The content of an attribute. Undefined for one that is compressed, encrypted or sparse, or goes on in another record.
 * Throws a DiskFormatError for places outside the volume.
 */
export function contentOf(
  { content, flags, lowestCluster, dataBytes, runs }: NtfsAttribute,
  { bytesPerCluster, bytesPerSector, totalSectors }: NtfsBootSector,
): FileContent | undefined {
  if ((flags & PACKED) !== 0 || lowestCluster !== 0) return undefined;
  if (content) return { sizeBytes: content.length, resident: content, places: [] };
  const clusters = Math.floor((totalSectors * bytesPerSector) / bytesPerCluster);
  const places: FilePlace[] = [];
  let left = dataBytes;
  for (const { start, count } of decodeRuns(runs, clusters)) {
    if (left === 0) break;
    if (start === undefined) return undefined;
    const sizeBytes = Math.min(left, count * bytesPerCluster);
    places.push({ offsetBytes: start * bytesPerCluster, sizeBytes });
    left -= sizeBytes;
  }
  return left === 0 ? { sizeBytes: dataBytes, resident: undefined, places } : undefined;
}

/**
 * The content of a file: its unnamed $DATA. Undefined where `contentOf` gives none, where the attributes are spread over
 * several records, where a part was never written, and for a record that holds no file.
 */
export function fileContent(record: FileRecord, boot: NtfsBootSector): FileContent | undefined {
  const data = ownAttribute(record, AttributeType.data, '');
  return data && data.initializedBytes >= data.dataBytes ? contentOf(data, boot) : undefined;
}

/** An attribute of a file whose attributes all stand in its one record; undefined for other files. */
export function ownAttribute(record: FileRecord, wanted: number, called: string): NtfsAttribute | undefined {
  if (record.extension || isSpread(record)) return undefined;
  return record.attributes.find(({ type, name }) => type === wanted && name === called);
}

/** Whether some of a file's attributes stand in other records. */
export function isSpread({ attributes }: FileRecord): boolean {
  return attributes.some(({ type }) => type === AttributeType.attributeList);
}

/**
 * Reads a part of content that lies in places; offset and length are whole sectors. Throws a DiskFormatError where the
 * content or the volume ends before.
 */
export function readPlaces(
  volume: SectorReader,
  { places }: FileContent,
  start: number,
  length: number,
): PlacedBytes {
  const parts: Uint8Array[] = [];
  let offset: number | undefined;
  let skip = start;
  let left = length;
  for (const { offsetBytes, sizeBytes } of places) {
    // Places are whole clusters but for the last one, behind whose end there are the rest of its sectors.
    const inside = Math.ceil(sizeBytes / SECTOR_BYTES) * SECTOR_BYTES;
    const bytes = Math.min(left, inside - skip);
    if (bytes > 0) {
      const at = offsetBytes + skip;
      offset ??= at;
      parts.push(readSectors(volume, at / SECTOR_BYTES, bytes / SECTOR_BYTES));
      left -= bytes;
    }
    skip = Math.max(0, skip - inside);
    if (left === 0) break;
  }
  if (left > 0 || offset === undefined)
    throw damaged(
      offset ?? 0,
      `the ${length} bytes at ${start} of a file lie behind its end`,
      'The file record or the index that points there is damaged; run chkdsk on the volume.',
    );
  return { bytes: concatBytes(...parts), offset };
}
