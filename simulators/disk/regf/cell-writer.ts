import { readI32, writeI32, writeU16, writeU32, writeU64 } from '../bytes';
import { BASE_BLOCK_SIZE, BIN_HEADER } from './base-block';
import type { FreeCells } from './free-cells';

const PAGE = 4096;

/** Bytes of a cell with so many bytes of payload. */
export function cellSize(payload: number): number {
  return Math.ceil((payload + 4) / 8) * 8;
}

/**
 * Lays cells out in bins of whole pages, one after the other, in a buffer that starts with the base block. Cells are
 * named by their offset, fields by their place in the cell's payload. The buffer moves when it grows, so nobody but
 * the writer holds it.
 */
export class CellWriter {
  private buffer: Uint8Array;
  /** All counted from the end of the base block, as cell offsets are. */
  private cursor = 0;
  private binEnd = 0;
  /** Of a file that is written over; a new one has none but at its end. */
  private free: FreeCells | undefined;

  /**
   * @param timestamp FILETIME of the first bin
   * @param expectedSize bytes that the file will roughly have; it may have more
   */
  constructor(
    private readonly timestamp: bigint,
    expectedSize: number,
  ) {
    this.buffer = new Uint8Array(Math.max(expectedSize, 2 * PAGE));
  }

  /** Goes on with a file: into its free cells, and behind its bins. */
  static over(file: Uint8Array, binsSize: number, free: FreeCells): CellWriter {
    const writer = new CellWriter(0n, file.length);
    writer.buffer.set(file);
    writer.cursor = writer.binEnd = binsSize;
    writer.free = free;
    return writer;
  }

  /** Allocates a zeroed cell for so many bytes of payload and returns its offset. */
  allocate(payload: number): number {
    const size = cellSize(payload);
    const free = this.free?.take(size);
    if (free !== undefined) return this.split(free, size);
    if (this.cursor + size > this.binEnd) {
      this.closeBin();
      this.openBin(size);
    }
    const offset = this.cursor;
    this.cursor += size;
    writeI32(this.buffer, BASE_BLOCK_SIZE + offset, -size);
    return offset;
  }

  setU16(cell: number, field: number, value: number): void {
    writeU16(this.buffer, BASE_BLOCK_SIZE + 4 + cell + field, value);
  }

  setU32(cell: number, field: number, value: number): void {
    writeU32(this.buffer, BASE_BLOCK_SIZE + 4 + cell + field, value);
  }

  setU64(cell: number, field: number, value: bigint): void {
    writeU64(this.buffer, BASE_BLOCK_SIZE + 4 + cell + field, value);
  }

  setBytes(cell: number, field: number, bytes: Uint8Array): void {
    this.buffer.set(bytes, BASE_BLOCK_SIZE + 4 + cell + field);
  }

  /** One byte per character where `narrow`, else UTF-16LE. */
  setText(cell: number, field: number, text: string, narrow: boolean): void {
    let at = BASE_BLOCK_SIZE + 4 + cell + field;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      this.buffer[at++] = unit;
      if (!narrow) this.buffer[at++] = unit >> 8;
    }
  }

  /** Allocates a cell that holds these bytes. */
  put(bytes: Uint8Array): number {
    const offset = this.allocate(bytes.length);
    this.setBytes(offset, 0, bytes);
    return offset;
  }

  /** Allocates a cell of 32-bit numbers. */
  putOffsets(offsets: readonly number[]): number {
    const list = this.allocate(4 * offsets.length);
    offsets.forEach((offset, index) => {
      this.setU32(list, 4 * index, offset);
    });
    return list;
  }

  /** The file with an empty base block, and the size of its bins. The writer is done with it. */
  finish(): { file: Uint8Array; binsSize: number } {
    this.closeBin();
    return { file: this.buffer.subarray(0, BASE_BLOCK_SIZE + this.binEnd), binsSize: this.binEnd };
  }

  /** Makes an allocated cell a free one. */
  release(cell: number): void {
    const at = BASE_BLOCK_SIZE + cell;
    writeI32(this.buffer, at, Math.abs(readI32(this.buffer, at)));
  }

  private split({ offset, size }: { offset: number; size: number }, wanted: number): number {
    const at = BASE_BLOCK_SIZE + offset;
    this.buffer.fill(0, at, at + wanted);
    writeI32(this.buffer, at, -wanted);
    if (size > wanted) {
      writeI32(this.buffer, at + wanted, size - wanted);
      this.free?.add(offset + wanted, size - wanted);
    }
    return offset;
  }

  private openBin(cellSize: number): void {
    const start = this.binEnd;
    const size = Math.ceil((cellSize + BIN_HEADER) / PAGE) * PAGE;
    this.reserve(BASE_BLOCK_SIZE + start + size);
    const at = BASE_BLOCK_SIZE + start;
    this.buffer.set([0x68, 0x62, 0x69, 0x6e], at); // hbin
    writeU32(this.buffer, at + 4, start);
    writeU32(this.buffer, at + 8, size);
    if (start === 0) writeU64(this.buffer, at + 20, this.timestamp); // only the first bin carries a time
    this.cursor = start + BIN_HEADER;
    this.binEnd = start + size;
  }

  /** What is left of a bin becomes one free cell. */
  private closeBin(): void {
    if (this.cursor < this.binEnd) {
      writeI32(this.buffer, BASE_BLOCK_SIZE + this.cursor, this.binEnd - this.cursor);
    }
  }

  private reserve(length: number): void {
    if (length <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(length, Math.ceil(this.buffer.length * 1.5)));
    larger.set(this.buffer);
    this.buffer = larger;
  }
}
