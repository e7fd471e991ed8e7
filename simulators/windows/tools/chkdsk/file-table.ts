import { DiskFormatError } from '../../../disk/bytes';
import {
  AttributeType,
  type ClusterRun,
  decodeRuns,
  type FileRecord,
  type NtfsBootSector,
  readFileRecord,
} from '../../../disk/ntfs';

/** The geometry of an NTFS volume, as far as chkdsk counts with it. Lengths in bytes. */
export interface NtfsGeometry {
  readonly clusterBytes: number;
  readonly clusters: number;
  readonly volumeBytes: number;
  readonly recordBytes: number;
}

/** Reads bytes of the volume; offsets and lengths are whole sectors. */
export type ReadVolume = (offsetBytes: number, length: number) => Promise<Uint8Array>;

const CHUNK = 1024 * 1024;

export function geometryOf({
  bytesPerSector,
  bytesPerCluster,
  totalSectors,
  bytesPerFileRecord,
}: NtfsBootSector): NtfsGeometry {
  const volumeBytes = totalSectors * bytesPerSector;
  return {
    clusterBytes: bytesPerCluster,
    clusters: Math.floor(volumeBytes / bytesPerCluster),
    volumeBytes,
    recordBytes: bytesPerFileRecord,
  };
}

function tryRecord(stored: Uint8Array, offset: number): FileRecord | undefined | 'damaged' {
  try {
    return readFileRecord(stored, offset);
  } catch (error) {
    if (error instanceof DiskFormatError) return 'damaged';
    throw error;
  }
}

/**
 * Every record of the master file table, in order: undefined for one that was never used. Throws a DiskFormatError where
 * the table's own record cannot be read.
 */
export async function* fileRecords(
  read: ReadVolume,
  boot: NtfsBootSector,
  geometry: NtfsGeometry,
): AsyncGenerator<FileRecord | undefined | 'damaged'> {
  const { runs, records } = await tableData(read, boot, geometry);
  const { recordBytes } = geometry;
  let left = records;
  for await (const { offset, bytes } of readClusters(read, geometry, runs)) {
    for (let at = 0; at + recordBytes <= bytes.length && left > 0; at += recordBytes, left -= 1)
      yield tryRecord(bytes.subarray(at, at + recordBytes), offset + at);
  }
}

/** The runs of the table itself, cut to what the volume can hold, and the number of its records. */
async function tableData(
  read: ReadVolume,
  { fileTableOffset }: NtfsBootSector,
  geometry: NtfsGeometry,
): Promise<{ runs: readonly ClusterRun[]; records: number }> {
  const record = readFileRecord(await read(fileTableOffset, geometry.recordBytes), fileTableOffset);
  const data = record?.attributes.find(({ type, name }) => type === AttributeType.data && name === '');
  if (!data) throw new DiskFormatError(fileTableOffset, 'the master file table has no data');
  const wanted = Math.ceil(data.dataBytes / geometry.clusterBytes);
  let left = Math.min(wanted, geometry.clusters);
  const runs = decodeRuns(data.runs, geometry.clusters).flatMap((run) => {
    const clusters = Math.min(left, run.count);
    left -= clusters;
    return clusters > 0 ? [{ start: run.start, count: clusters }] : [];
  });
  return { runs, records: Math.floor(data.dataBytes / geometry.recordBytes) };
}

/** The bytes of runs in parts of up to a mebibyte. Sparse runs are left out. */
export async function* readClusters(
  read: ReadVolume,
  { clusterBytes }: NtfsGeometry,
  runs: readonly ClusterRun[],
) {
  for (const { start, count: clusters } of runs) {
    if (start === undefined) continue;
    const end = (start + clusters) * clusterBytes;
    for (let offset = start * clusterBytes; offset < end; offset += CHUNK)
      yield { offset, bytes: await read(offset, Math.min(CHUNK, end - offset)) };
  }
}
