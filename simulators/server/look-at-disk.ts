import { DiskFormatError } from '../disk/bytes';
import type { SectorReader } from '../disk/mbr';
import type { DiskReader } from '../vm';

const BLOCK_BYTES = 64 * 1024;
/** Most that is read of one disk: structures that lead to more are damaged. */
const MOST_BLOCKS = 1024;

/** Ends a look at a disk of which something is not read yet. */
class BlocksWanted {
  constructor(readonly numbers: readonly number[]) {}
}

/**
 * Gives a codec, which reads at once, a disk that takes time to read: the look is begun again whenever more of the disk has
 * been read, so it must do nothing else than look. Throws what the look throws, and a DiskFormatError where it wants more
 * than 64 MiB in all.
 */
export async function lookAtDisk<Answer>(
  disk: Pick<DiskReader, 'size' | 'readAll'>,
  look: (reader: SectorReader) => Answer,
): Promise<Answer> {
  const blocks = new Map<number, Uint8Array>();
  const reader = blockReader(disk.size, blocks);
  for (;;) {
    try {
      return look(reader);
    } catch (error) {
      if (!(error instanceof BlocksWanted)) throw error;
      const ranges = error.numbers.map((number) => blockRange(number, disk.size));
      if (blocks.size + ranges.length > MOST_BLOCKS)
        throw new DiskFormatError(
          ranges[0]!.start,
          'the structures of the disk lead to more than it can have',
        );
      for await (const { range, data } of disk.readAll(ranges)) blocks.set(range.number, data);
    }
  }
}

function blockRange(number: number, sizeBytes: number) {
  const start = number * BLOCK_BYTES;
  return { number, start, length: Math.min(BLOCK_BYTES, sizeBytes - start) };
}

function blockReader(sizeBytes: number, blocks: ReadonlyMap<number, Uint8Array>): SectorReader {
  const read = (offset: number, length: number): Uint8Array => {
    const end = Math.min(offset + length, sizeBytes);
    const bytes = new Uint8Array(Math.max(0, end - offset));
    const missing: number[] = [];
    for (let number = Math.floor(offset / BLOCK_BYTES); number * BLOCK_BYTES < end; number += 1) {
      const block = blocks.get(number);
      const start = number * BLOCK_BYTES;
      if (!block) missing.push(number);
      else bytes.set(block.subarray(Math.max(0, offset - start), end - start), Math.max(0, start - offset));
    }
    if (missing.length > 0) throw new BlocksWanted(missing);
    return bytes;
  };
  return { sizeBytes, read };
}
