import { type Patch, SECTOR_BYTES, type SectorReader } from '../../../disk/mbr';
import { type DiskTable, readDiskTable } from '../../disk-tables';
import type { DiskView, WindowsHost } from '../../windows-host';

/** More rounds than any table's chain is long. */
const MOST_ROUNDS = 1024;
const CHUNK = 128 * SECTOR_BYTES;

/** Not yet there: read it and ask again. */
class Missing extends Error {
  constructor(readonly chunk: number) {
    super(`The bytes at ${chunk} were not read yet.`);
  }
}

/** Lets `work` look at a disk as if it were in memory. It may be run several times, until all that it reads is there. */
export async function onDisk<T>(
  host: WindowsHost,
  disk: DiskView,
  work: (reader: SectorReader) => T,
): Promise<T> {
  const chunks = new Map<number, Uint8Array>();
  const reader: SectorReader = {
    sizeBytes: disk.sizeBytes,
    read(offsetBytes, length) {
      const bytes = new Uint8Array(length);
      for (let at = offsetBytes; at < offsetBytes + length; ) {
        const start = at - (at % CHUNK);
        const chunk = chunks.get(start);
        if (!chunk) throw new Missing(start);
        const part = chunk.subarray(at - start, Math.min(chunk.length, offsetBytes + length - start));
        bytes.set(part, at - offsetBytes);
        at = start + CHUNK;
      }
      return bytes;
    },
  };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    try {
      return work(reader);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      const length = Math.min(CHUNK, disk.sizeBytes - error.chunk);
      chunks.set(error.chunk, await host.readDisk(disk.number, error.chunk, length));
    }
  }
  throw new Error(`The tables of disk ${disk.number} lead to ever more sectors; they are damaged.`);
}

export function tableOf(host: WindowsHost, disk: DiskView): Promise<DiskTable> {
  return onDisk(host, disk, readDiskTable);
}

/** Writes what `edit` makes of the disk's bytes. */
export async function editDisk(
  host: WindowsHost,
  disk: DiskView,
  edit: (reader: SectorReader) => Patch[],
): Promise<void> {
  await host.writeDisk(disk.number, await onDisk(host, disk, edit));
}
