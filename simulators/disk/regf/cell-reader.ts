import { hasAscii, readI32 } from '../bytes';
import { BASE_BLOCK_SIZE } from './base-block';
import { HiveFormatError } from './hive-format-error';

/** The offset that means "none" in every cell. */
export const NO_CELL = 0xffffffff;

/**
 * Cells of a hive file by their offset, which give the place of their payload in the file. Each part of a sound hive belongs to one owner, so what all owners take
 * together cannot exceed the file: the reader keeps that account, and a crafted hive that hands the same bytes out
 * again and again ends in an error instead of eating memory or time.
 */
export class CellReader {
  private budget: number;
  /** A bit for each 8 bytes of the bins: the cell that starts there has its owner. */
  private readonly claimed: Uint8Array;

  constructor(
    readonly file: Uint8Array,
    private readonly binsEnd: number,
  ) {
    this.budget = file.length;
    this.claimed = new Uint8Array((file.length >>> 6) + 1);
  }

  /** Throws a HiveFormatError when no bin follows the base block. */
  checkFirstBin(): void {
    if (!hasAscii(this.file, BASE_BLOCK_SIZE, 'hbin')) {
      throw new HiveFormatError(BASE_BLOCK_SIZE, 'no bin ("hbin") follows the base block');
    }
  }

  /** A cell that several others may refer to. `what` names it in errors. */
  shared(offset: number, what: string): number {
    const at = BASE_BLOCK_SIZE + offset;
    if (offset % 8 !== 0 || at + 8 > this.binsEnd) {
      throw new HiveFormatError(at, `the offset of ${what} points outside of the bins or between cells`);
    }
    const size = -readI32(this.file, at);
    if (size < 8) throw new HiveFormatError(at, `the cell of ${what} is free or has no size`);
    if (at + size > this.binsEnd) {
      throw new HiveFormatError(at, `the cell of ${what} (${size} bytes) runs past the end of the bins`);
    }
    return at + 4;
  }

  /** A cell with one owner: a second claim is an error, which also ends every cycle. */
  own(offset: number, what: string): number {
    const cell = this.shared(offset, what);
    const bit = 1 << ((offset >>> 3) & 7);
    if (this.claimed[offset >>> 6]! & bit) {
      throw new HiveFormatError(cell, `the cell of ${what} already belongs to another part of the hive`);
    }
    this.claimed[offset >>> 6]! |= bit;
    return cell;
  }

  /** Where in the file the payload of a cell ends. */
  endOf(cell: number): number {
    return cell - 4 - readI32(this.file, cell - 4);
  }

  /** Where in the file the part of a cell from `from` on starts; its length is paid from the account. */
  take(cell: number, from: number, length: number, what: string): number {
    const start = cell + from;
    if (start + length > cell - 4 - readI32(this.file, cell - 4)) {
      throw new HiveFormatError(start, `${what} (${length} bytes) does not fit into its cell`);
    }
    this.budget -= length;
    if (this.budget < 0) throw new HiveFormatError(start, `${what} takes more bytes than the whole file has`);
    return start;
  }
}
