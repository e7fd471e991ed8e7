import { hasAscii, readI32 } from '../bytes';
import { BASE_BLOCK_SIZE } from './base-block';
import { HiveFormatError } from './hive-format-error';

/** The offset that means "none" in every cell. */
export const NO_CELL = 0xffffffff;

/** The payload of an allocated cell and where it starts in the file. */
export interface Cell {
  readonly bytes: Uint8Array;
  readonly fileOffset: number;
}

/**
 * Cells of a hive file by their offset. Each part of a sound hive belongs to one owner, so what all owners take
 * together cannot exceed the file: the reader keeps that account, and a crafted hive that hands the same bytes out
 * again and again ends in an error instead of eating memory or time.
 */
export class CellReader {
  private budget: number;
  private readonly claimed = new Set<number>();

  constructor(
    private readonly file: Uint8Array,
    private readonly binsEnd: number,
  ) {
    this.budget = file.length;
    if (!hasAscii(file, BASE_BLOCK_SIZE, 'hbin')) {
      throw new HiveFormatError(BASE_BLOCK_SIZE, 'no bin ("hbin") follows the base block');
    }
  }

  /** A cell that several others may refer to. `what` names it in errors. */
  shared(offset: number, what: string): Cell {
    const fileOffset = BASE_BLOCK_SIZE + offset;
    if (offset % 8 !== 0 || fileOffset + 8 > this.binsEnd) {
      throw new HiveFormatError(
        fileOffset,
        `the offset of ${what} points outside of the bins or between cells`,
      );
    }
    const size = -readI32(this.file, fileOffset);
    if (size < 8) throw new HiveFormatError(fileOffset, `the cell of ${what} is free or has no size`);
    if (fileOffset + size > this.binsEnd) {
      throw new HiveFormatError(
        fileOffset,
        `the cell of ${what} (${size} bytes) runs past the end of the bins`,
      );
    }
    return { bytes: this.file.subarray(fileOffset + 4, fileOffset + size), fileOffset: fileOffset + 4 };
  }

  /** A cell with one owner: a second claim is an error, which also ends every cycle. */
  own(offset: number, what: string): Cell {
    const cell = this.shared(offset, what);
    if (this.claimed.has(offset)) {
      throw new HiveFormatError(
        cell.fileOffset,
        `the cell of ${what} already belongs to another part of the hive`,
      );
    }
    this.claimed.add(offset);
    return cell;
  }

  /** The part of a cell from `start`, paid from the account. */
  take(cell: Cell, start: number, length: number, what: string): Uint8Array {
    if (start + length > cell.bytes.length) {
      throw new HiveFormatError(
        cell.fileOffset + start,
        `${what} (${length} bytes) does not fit into its cell`,
      );
    }
    this.budget -= length;
    if (this.budget < 0) {
      throw new HiveFormatError(cell.fileOffset + start, `${what} takes more bytes than the whole file has`);
    }
    return cell.bytes.subarray(start, start + length);
  }
}
