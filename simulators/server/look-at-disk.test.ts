import { describe, expect, it } from 'vitest';
import { DiskFormatError } from '../disk/bytes';
import { readSectors } from '../disk/mbr';
import { lookAtDisk } from './look-at-disk';

const KIB = 1024;

/** A disk in memory that notes what is read of it. */
function slowDisk(bytes: Buffer) {
  const reads: [start: number, length: number][] = [];
  return {
    reads,
    size: bytes.length,
    async *readAll<R extends { readonly start: number; readonly length: number }>(ranges: readonly R[]) {
      for (const range of ranges) {
        reads.push([range.start, range.length]);
        yield { range, data: bytes.subarray(range.start, range.start + range.length) };
      }
    },
  };
}

describe('lookAtDisk', () => {
  const bytes = Buffer.alloc(200 * KIB);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(at, at);

  it('begins the look again until all that it wants has been read, each block once', async () => {
    const disk = slowDisk(bytes);
    let looks = 0;
    const seen = await lookAtDisk(disk, (reader) => {
      looks += 1;
      // The first sector says where to go on, as structures on disks do.
      const next = readSectors(reader, 0).length + 127 * 512;
      return [readSectors(reader, next / 512 - 1, 2), readSectors(reader, 399), readSectors(reader, 1)];
    });
    expect(seen.map((read) => Buffer.from(read))).toEqual([
      bytes.subarray(64 * KIB - 512, 64 * KIB + 512),
      bytes.subarray(200 * KIB - 512),
      bytes.subarray(512, 1024),
    ]);
    expect(disk.reads).toEqual([
      [0, 64 * KIB],
      [64 * KIB, 64 * KIB],
      [192 * KIB, 8 * KIB],
    ]);
    expect(looks).toBe(4);
  });

  it('hands on what the look throws, and reads nothing behind the end', async () => {
    const disk = slowDisk(bytes);
    await expect(lookAtDisk(disk, (reader) => readSectors(reader, 400))).rejects.toThrow(
      'Sectors 400 to 400 lie outside the disk, which has 400 sectors',
    );
    expect(disk.reads).toEqual([]);
  });

  it('ends where a look wants a whole large disk', async () => {
    const disk = { ...slowDisk(bytes), size: 2 ** 40 };
    const greedy = lookAtDisk(disk, (reader) => reader.read(0, 65 * KIB * KIB));
    await expect(greedy).rejects.toThrow(DiskFormatError);
    expect(disk.reads).toEqual([]);
  });
});
