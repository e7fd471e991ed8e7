import { hasAscii, readU32 } from '../bytes';
import { BASE_BLOCK_SIZE } from './base-block';
import { HiveFormatError } from './hive-format-error';
import type { Page } from './log-entries';

/** What a hive may grow beyond its file and its logs together: a crafted log cannot ask for more memory. */
const ROOM_TO_GROW = 1 << 20;

/** A copy of a hive file that pages out of logs are put into. The copy is made when the first page comes. */
export class HiveImage {
  private copy: Uint8Array | undefined;
  private length: number;
  private readonly limit: number;

  constructor(
    private readonly primary: Uint8Array,
    logs: readonly Uint8Array[],
  ) {
    this.length = primary.length;
    this.limit = logs.reduce((sum, log) => sum + log.length, primary.length) + ROOM_TO_GROW;
  }

  bytes(): Uint8Array {
    this.copy ??= new Uint8Array(this.primary);
    return this.copy.subarray(0, this.length);
  }

  /** The first 4096 bytes, to be changed in place. */
  baseBlock(): Uint8Array {
    return this.bytes().subarray(0, BASE_BLOCK_SIZE);
  }

  /** Throws a HiveFormatError, before anything is changed, when the bins would be larger than everything given. */
  apply(binsSize: number, pages: readonly Page[]): void {
    this.grow(binsSize);
    for (const { offset, bytes } of pages) this.bytes().set(bytes, BASE_BLOCK_SIZE + offset);
  }

  /** Applies the pages unless the bins would not be sound then: throws a HiveFormatError and changes nothing. */
  tryApply(binsSize: number, pages: readonly Page[]): void {
    const { copy, length } = this;
    this.copy = copy?.slice();
    try {
      this.apply(binsSize, pages);
      this.checkBins(binsSize);
    } catch (error) {
      this.copy = copy;
      this.length = length;
      throw error;
    }
  }

  private grow(binsSize: number): void {
    const length = BASE_BLOCK_SIZE + binsSize;
    if (length > this.limit) {
      throw new HiveFormatError(
        0x28,
        `the log claims bins of ${binsSize} bytes, more than the hive and its logs can hold`,
      );
    }
    if (length <= this.length) return;
    const bytes = this.copy ?? this.primary;
    if (length > bytes.length) {
      // Twice the size, so that many small steps do not copy the hive again and again.
      this.copy = new Uint8Array(Math.min(this.limit, Math.max(length, 2 * bytes.length)));
      this.copy.set(bytes);
    }
    this.length = length;
  }

  /** Windows checks the bins that an old log changes; here all of them are. */
  private checkBins(binsSize: number): void {
    const bytes = this.bytes();
    for (let offset = 0; offset < binsSize; ) {
      const at = BASE_BLOCK_SIZE + offset;
      if (!hasAscii(bytes, at, 'hbin') || readU32(bytes, at + 4) !== offset) {
        throw new HiveFormatError(at, `with the log's pages there would be no bin at ${offset} of the bins`);
      }
      const size = readU32(bytes, at + 8);
      if (size === 0 || size % 4096 !== 0 || offset + size > binsSize) {
        throw new HiveFormatError(at + 8, `with the log's pages a bin would have ${size} bytes`);
      }
      offset += size;
    }
  }
}
