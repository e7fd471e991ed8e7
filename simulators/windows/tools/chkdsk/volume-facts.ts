import { DiskFormatError } from '../../../disk/bytes';
import {
  AttributeType,
  decodeRuns,
  type FileRecord,
  type NtfsAttribute,
  type NtfsBootSector,
  parseNtfsBootSector,
  parseVolumeRecord,
  volumeRecordOffsets,
} from '../../../disk/ntfs';
import { fileRecords, geometryOf, type NtfsGeometry, type ReadVolume, readClusters } from './file-table';

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

/** Records of Windows' own files (Windows Internals, "NTFS metadata files"). */
const Record = { log: 2, bitmap: 6, badClusters: 8, firstUser: 24 } as const;

/**
 * Reads the boot sector and the whole master file table. Damaged records are counted and passed over; throws a
 * DiskFormatError where the volume's own records cannot be read.
 */
export async function readVolumeFacts(read: ReadVolume): Promise<VolumeFacts> {
  const boot = parseNtfsBootSector(await read(0, 512));
  const geometry = geometryOf(boot);
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
  for await (const record of fileRecords(read, boot, geometry)) {
    const number = counted.fileRecords++;
    if (record === 'damaged') counted.badFileRecords += 1;
    else if (record?.inUse && number < Record.firstUser) own.set(number, record);
    else if (record?.inUse) count(record, counted);
  }
  return {
    ...counted,
    geometry,
    ...(await readVolumeState(read, boot)),
    badBytes: badBytes(own, geometry),
    logBytes: dataOf(own, Record.log)?.allocatedBytes ?? 0,
    freeClusters: await freeClusters(read, geometry, own),
  };
}

async function readVolumeState(
  read: ReadVolume,
  boot: NtfsBootSector,
): Promise<{ label: string; dirty: boolean }> {
  const offset = volumeRecordOffsets(boot).table;
  const { label, dirty } = parseVolumeRecord(await read(offset, boot.bytesPerFileRecord), offset);
  return { label, dirty };
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
    ? [{ bytes: bitmap.content }]
    : readClusters(read, geometry, decodeRuns(bitmap.runs, geometry.clusters));
  for await (const { bytes } of parts) {
    for (let at = 0; at < bytes.length && left > 0; at += 1, left -= 8) {
      const used = (bytes[at] ?? 0) | (left < 8 ? 0xff << left : 0);
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
