import { closeSync, mkdirSync, openSync, readSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { StorageDaemon } from '../../../simulators/windows/image-host/storage-daemon';

/** Bytes that reached a disk. */
export interface DiskWrite {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const SECTOR = 512;
/** Most that a recording may hold. */
const LOG_BYTES = 1 << 30;
const FLUSH = 1;
const DISCARD = 4;

/**
 * Lets `work` use a disk image by the path that it is given, and gives the writes that came to the image on that way,
 * in order; a disk may change the order of those between one flush and the next. QEMU's driver "blklogwrites" writes them
 * down in the format of the kernel's dm-log-writes.
 */
export async function recordWrites(
  folder: string,
  image: string,
  work: (path: string) => Promise<void>,
): Promise<DiskWrite[][]> {
  const place = join(folder, 'recorder');
  const log = join(place, 'log');
  mkdirSync(place, { recursive: true });
  closeSync(openSync(log, 'w'));
  truncateSync(log, LOG_BYTES);
  const file = (filename: string) => ({ driver: 'file', filename });
  {
    await using daemon = await StorageDaemon.start(place, { readOnly: false });
    const { path, id } = await daemon.export({
      driver: 'blklogwrites',
      file: file(image),
      log: { ...file(log), 'read-only': false },
    });
    await work(path);
    await daemon.remove(id);
  }
  const writes = writesOf(log);
  rmSync(place, { recursive: true });
  return writes;
}

/** The writes before the first flush, those before the second, and so on. */
function writesOf(log: string): DiskWrite[][] {
  const flushed: DiskWrite[][] = [[]];
  const file = openSync(log, 'r');
  try {
    const read = (length: number, at: number): Buffer => {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, at);
      return bytes;
    };
    const count = Number(read(SECTOR, 0).readBigUInt64LE(16));
    let at = SECTOR;
    for (let entry = 0; entry < count; entry += 1) {
      const head = read(SECTOR, at);
      at += SECTOR;
      const [sector, sectors, flags] = [0, 8, 16].map((field) => Number(head.readBigUInt64LE(field)));
      const length = sectors! * SECTOR;
      const zeros = (flags! & DISCARD) !== 0;
      if (flags! & FLUSH) flushed.push([]);
      const bytes = zeros ? new Uint8Array(length) : new Uint8Array(read(length, at));
      if (length > 0) flushed.at(-1)!.push({ offset: sector! * SECTOR, bytes });
      if (!zeros) at += length;
    }
    return flushed;
  } finally {
    closeSync(file);
  }
}
