import { hasAscii, readI32, readU32, writeI32 } from '../bytes';
import { BASE_BLOCK_SIZE, BIN_HEADER } from './base-block';
import { HiveFormatError } from './hive-format-error';

/** The free cells of a hive, for the smallest that fits to be found. Offsets are those of cells. */
export class FreeCells {
  private readonly bySize = new Map<number, number[]>();
  /** Ascending. */
  private sizes: number[] = [];

  add(offset: number, size: number): void {
    const known = this.bySize.get(size);
    if (known) known.push(offset);
    else {
      this.bySize.set(size, [offset]);
      this.sizes = [...this.sizes, size].sort((left, right) => left - right);
    }
  }

  /** Takes a cell of at least so many bytes away; what is too much of it comes back by `add`. */
  take(wanted: number): { offset: number; size: number } | undefined {
    for (const size of this.sizes) {
      if (size < wanted) continue;
      const offset = this.bySize.get(size)?.pop();
      if (offset !== undefined) return { offset, size };
    }
    return undefined;
  }
}

/**
 * Makes one of free cells that follow each other, in the file, and gives all that are left. Throws a HiveFormatError where
 * bins and cells do not follow each other without a gap.
 */
export function joinFreeCells(file: Uint8Array, binsSize: number): FreeCells {
  const free = new FreeCells();
  for (let bin = 0; bin < binsSize; ) {
    const size = sizeOfBin(file, bin, binsSize);
    let start: number | undefined;
    for (let cell = bin + BIN_HEADER; cell <= bin + size; ) {
      const cellSize = cell < bin + size ? readI32(file, BASE_BLOCK_SIZE + cell) : 0;
      if (cellSize > 0) start ??= cell;
      else if (start !== undefined) {
        writeI32(file, BASE_BLOCK_SIZE + start, cell - start);
        free.add(start, cell - start);
        start = undefined;
      }
      if (cell === bin + size) break;
      const length = Math.abs(cellSize);
      if (length < 8 || length % 8 !== 0 || cell + length > bin + size)
        throw new HiveFormatError(
          BASE_BLOCK_SIZE + cell,
          `a cell of ${cellSize} bytes does not fit into its bin`,
        );
      cell += length;
    }
    bin += size;
  }
  return free;
}

function sizeOfBin(file: Uint8Array, bin: number, binsSize: number): number {
  const at = BASE_BLOCK_SIZE + bin;
  if (!hasAscii(file, at, 'hbin') || readU32(file, at + 4) !== bin)
    throw new HiveFormatError(at, `there is no bin at ${bin} of the bins`);
  const size = readU32(file, at + 8);
  if (size === 0 || size % 4096 !== 0 || bin + size > binsSize)
    throw new HiveFormatError(at + 8, `a bin of ${size} bytes is not made of whole pages inside of the bins`);
  return size;
}
