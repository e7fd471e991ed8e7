import { DiskFormatError } from '../disk/bytes';
import { SECTOR_BYTES, type SectorReader } from '../disk/mbr';
import type { DiskView, VolumeView, WindowsHost } from './windows-host';

/** More rounds than any table's chain is long. */
const MOST_ROUNDS = 1024;
const CHUNK = 128 * SECTOR_BYTES;

/** Not yet there: read it and ask again. */
class Missing extends Error {
  constructor(readonly chunk: number) {
    super(`The bytes at ${chunk} were not read yet.`);
  }
}

/**
 * Lets a codec, which reads at once, look at a disk, whose bytes come later. It may be run several times, until all that
 * it reads is there. Throws what it throws, or a DiskFormatError where it never ends.
 */
export function onDisk<T>(
  host: WindowsHost,
  { number, sizeBytes }: Pick<DiskView, 'number' | 'sizeBytes'>,
  work: (reader: SectorReader) => T,
): Promise<T> {
  return onBytes(`disk ${number}`, sizeBytes, (at, length) => host.readDisk(number, at, length), work);
}

/** As onDisk, for a volume. */
export function onVolume<T>(
  host: WindowsHost,
  { number, sizeBytes }: Pick<VolumeView, 'number' | 'sizeBytes'>,
  work: (reader: SectorReader) => T,
): Promise<T> {
  return onBytes(`volume ${number}`, sizeBytes, (at, length) => host.readVolume(number, at, length), work);
}

async function onBytes<T>(
  name: string,
  sizeBytes: number,
  fetchBytes: (offsetBytes: number, length: number) => Promise<Uint8Array>,
  work: (reader: SectorReader) => T,
): Promise<T> {
  const chunks = new Map<number, Uint8Array>();
  const reader: SectorReader = {
    sizeBytes,
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
      const length = Math.min(CHUNK, sizeBytes - error.chunk);
      chunks.set(error.chunk, await fetchBytes(error.chunk, length));
    }
  }
  throw new DiskFormatError(
    0,
    `the structures of ${name} lead to ever more sectors`,
    `The structures of ${name} lead to ever more sectors; they are damaged.`,
  );
}
