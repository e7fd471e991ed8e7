import { DiskFormatError, decodeUtf16, readU16 } from '../../../../disk/bytes';
import { type NtfsGeometry, readGeometry } from './boot-sector';
import { AttributeType, type FileRecord, type NtfsAttribute, readFileRecord } from './file-record';
import { type ClusterRun, decodeRuns } from './runs';

/** What chkdsk tells of an NTFS volume. Sizes in bytes. */
export interface VolumeFacts {
  readonly geometry: NtfsGeometry;
  readonly label: string;
  /** The volume was not dismounted cleanly, or something wrong was seen on it. */
  readonly dirty: boolean;
  readonly fileRecords: number;
  readonly badFileRecords: number;
  readonly indexEntries: number;
  readonly files: number;
  readonly fileBytes: number;
  readonly folders: number;
  readonly indexBytes: number;
  readonly badBytes: number;
  readonly logBytes: number;
  readonly freeClusters: number;
}

/** Reads bytes of the volume; offsets and lengths are whole sectors. */
export type ReadVolume = (offsetBytes: number, length: number) => Promise<Uint8Array>;

/** Records of Windows' own files (Windows Internals, "NTFS metadata files"). */
const Record = { mft: 0, log: 2, volume: 3, bitmap: 6, badClusters: 8, firstUser: 24 } as const;
const DIRTY = 1;
const CHUNK = 1024 * 1024;

/**
 * Reads the boot sector and the whole master file table. Damaged records are counted and passed over; throws a
 * DiskFormatError where the volume's own records cannot be read.
 */
export async function readVolumeFacts(read: ReadVolume): Promise<VolumeFacts> {
  const geometry = readGeometry(await read(0, 512));
  const { runs, records } = await tableData(read, geometry);
  const counted = {
    fileRecords: 0,
    badFileRecords: 0,
    indexEntries: 0,
    files: 0,
    fileBytes: 0,
    folders: 0,
    indexBytes: 0,
  };
  const own = new Map<number, FileRecord>();
  for await (const chunk of chunks(read, geometry, runs)) {
    for (
      let at = 0;
      at + geometry.recordBytes <= chunk.length && counted.fileRecords < records;
      at += geometry.recordBytes
    ) {
      const number = counted.fileRecords++;
      const record = tryRecord(chunk.subarray(at, at + geometry.recordBytes));
      if (record === 'damaged') counted.badFileRecords += 1;
      else if (record?.inUse && number < Record.firstUser) own.set(number, record);
      else if (record?.inUse) count(record, counted);
    }
  }
  return {
    ...counted,
    geometry,
    ...volumeRecord(own),
    badBytes: badBytes(own, geometry),
    logBytes: dataOf(own, Record.log)?.allocatedBytes ?? 0,
    freeClusters: await freeClusters(read, geometry, own),
  };
}

/** Just the dirty flag. */
export async function readDirtyFlag(read: ReadVolume): Promise<boolean> {
  const { mftOffset, recordBytes } = readGeometry(await read(0, 512));
  const record = readFileRecord(await read(mftOffset + Record.volume * recordBytes, recordBytes));
  return volumeRecord(new Map(record ? [[Record.volume, record]] : [])).dirty;
}

function tryRecord(raw: Uint8Array): FileRecord | undefined | 'damaged' {
  try {
    return readFileRecord(raw);
  } catch (error) {
    if (error instanceof DiskFormatError) return 'damaged';
    throw error;
  }
}

/** The runs of the table itself, cut to what the volume can hold, and the number of its records. */
async function tableData(
  read: ReadVolume,
  geometry: NtfsGeometry,
): Promise<{ runs: readonly ClusterRun[]; records: number }> {
  const record = readFileRecord(await read(geometry.mftOffset, geometry.recordBytes));
  const data = record?.attributes.find(({ type, name }) => type === AttributeType.data && name === '');
  if (!data) throw new DiskFormatError(geometry.mftOffset, 'the master file table has no data');
  const wanted = Math.ceil(data.dataBytes / geometry.clusterBytes);
  let left = Math.min(wanted, geometry.clusters);
  const runs = decodeRuns(data.runs, geometry.clusters).flatMap((run) => {
    const clusters = Math.min(left, run.count);
    left -= clusters;
    return clusters > 0 ? [{ start: run.start, count: clusters }] : [];
  });
  return { runs, records: Math.floor(data.dataBytes / geometry.recordBytes) };
}

async function* chunks(read: ReadVolume, { clusterBytes }: NtfsGeometry, runs: readonly ClusterRun[]) {
  for (const { start, count: clusters } of runs) {
    if (start === undefined) continue;
    const end = (start + clusters) * clusterBytes;
    for (let at = start * clusterBytes; at < end; at += CHUNK) yield read(at, Math.min(CHUNK, end - at));
  }
}

type Counted = {
  indexEntries: number;
  files: number;
  fileBytes: number;
  folders: number;
  indexBytes: number;
};

/** Each name of a file or folder is an entry of the index it stands in. */
function count(record: FileRecord, counted: Counted): void {
  const names = record.attributes.filter(({ type }) => type === AttributeType.fileName);
  counted.indexEntries += names.length;
  if (!record.extension && record.folder) counted.folders += 1;
  if (!record.extension && !record.folder) counted.files += 1;
  for (const { type, lowestCluster, allocatedBytes } of record.attributes) {
    if (lowestCluster !== 0) continue;
    if (type === AttributeType.data) counted.fileBytes += allocatedBytes;
    if (type === AttributeType.indexAllocation) counted.indexBytes += allocatedBytes;
  }
}

const attributeOf = (own: ReadonlyMap<number, FileRecord>, number: number, wanted: number, named = '') =>
  own.get(number)?.attributes.find(({ type, name }) => type === wanted && name === named);

const dataOf = (own: ReadonlyMap<number, FileRecord>, number: number): NtfsAttribute | undefined =>
  attributeOf(own, number, AttributeType.data);

function volumeRecord(own: ReadonlyMap<number, FileRecord>): { label: string; dirty: boolean } {
  const information = attributeOf(own, Record.volume, AttributeType.volumeInformation)?.content;
  if (information === undefined || information.length < 12) {
    throw new DiskFormatError(0, 'the volume has no record of its version and state');
  }
  const label = attributeOf(own, Record.volume, AttributeType.volumeName)?.content;
  return { label: label ? decodeUtf16(label) : '', dirty: (readU16(information, 10) & DIRTY) !== 0 };
}

/** `$BadClus:$Bad` is as large as the volume, and sparse but for bad clusters. */
function badBytes(own: ReadonlyMap<number, FileRecord>, geometry: NtfsGeometry): number {
  const bad = attributeOf(own, Record.badClusters, AttributeType.data, '$Bad');
  const runs = bad ? decodeRuns(bad.runs, geometry.clusters) : [];
  return (
    runs.reduce((sum, run) => sum + (run.start === undefined ? 0 : run.count), 0) * geometry.clusterBytes
  );
}

async function freeClusters(
  read: ReadVolume,
  geometry: NtfsGeometry,
  own: ReadonlyMap<number, FileRecord>,
): Promise<number> {
  const bitmap = dataOf(own, Record.bitmap);
  if (!bitmap) throw new DiskFormatError(0, 'the volume has no map of its clusters');
  let free = 0;
  let left = geometry.clusters;
  const parts = bitmap.content
    ? [bitmap.content]
    : chunks(read, geometry, decodeRuns(bitmap.runs, geometry.clusters));
  for await (const part of parts) {
    for (let at = 0; at < part.length && left > 0; at += 1, left -= 8) {
      const used = (part[at] ?? 0) | (left < 8 ? 0xff << left : 0);
      free += 8 - bits(used & 0xff);
    }
  }
  return free;
}

function bits(byte: number): number {
  let sum = 0;
  for (let rest = byte; rest > 0; rest >>= 1) sum += rest & 1;
  return sum;
}
