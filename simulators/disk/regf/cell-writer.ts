import { writeI32, writeU32, writeU64 } from '../bytes';
import { BASE_BLOCK_SIZE } from './base-block';

const BIN_HEADER = 32;
const PAGE = 4096;

/** Lays cells out in bins of whole pages, one after the other, in a buffer that starts with the base block. */
export class CellWriter {
  private buffer = new Uint8Array(16 * PAGE);
  /** All counted from the end of the base block, as cell offsets are. */
  private cursor = 0;
  private binEnd = 0;

  constructor(private readonly timestamp: bigint) {}

  /** Allocates a zeroed cell for so many bytes of payload and returns its offset. */
  allocate(payload: number): number {
    const size = Math.ceil((payload + 4) / 8) * 8;
    if (this.cursor + size > this.binEnd) {
      this.closeBin();
      this.openBin(size);
    }
    const offset = this.cursor;
    this.cursor += size;
    writeI32(this.buffer, BASE_BLOCK_SIZE + offset, -size);
    return offset;
  }

  /** The payload of an allocated cell, good until the next `allocate`. */
  payload(offset: number): Uint8Array {
    return this.buffer.subarray(BASE_BLOCK_SIZE + offset + 4);
  }

  /** Allocates a cell that holds these bytes. */
  put(bytes: Uint8Array): number {
    const offset = this.allocate(bytes.length);
    this.payload(offset).set(bytes);
    return offset;
  }

  /** The file with an empty base block, and the size of its bins. */
  finish(): { file: Uint8Array; binsSize: number } {
    this.closeBin();
    return { file: this.buffer.slice(0, BASE_BLOCK_SIZE + this.binEnd), binsSize: this.binEnd };
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
    const larger = new Uint8Array(Math.max(length, this.buffer.length * 2));
    larger.set(this.buffer);
    this.buffer = larger;
  }
}
