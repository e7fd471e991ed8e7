import { concatBytes, writeU32, writeU64 } from '../bytes';
import { sealBaseBlock } from './base-block';
import { oldLogPagesOffset } from './dirty-vector';
import { ENTRY_HEAD, type Page } from './log-entries';
import { LogFileType, SECTOR } from './log-header';
import { marvin32 } from './marvin32';

/** What a log says of the change that it holds. The pages are whole and in order. */
interface LoggedChange {
  /** The base block that the hive has after the change. */
  readonly baseBlock: Uint8Array;
  readonly sequence: number;
  readonly binsSize: number;
  readonly pages: readonly Page[];
}

/** First sector of a log: a copy of the base block's, with both sequence numbers equal. */
export function encodeLogHeader(format: 'old' | 'new', { baseBlock, sequence }: LoggedChange): Uint8Array {
  const header = baseBlock.slice(0, SECTOR);
  writeU32(header, 4, sequence);
  writeU32(header, 8, sequence);
  writeU32(header, 0x1c, LogFileType[format]);
  sealBaseBlock(header);
  return header;
}

/** What follows the first sector. */
export function encodeLogBody(format: 'old' | 'new', change: LoggedChange): Uint8Array {
  return format === 'old' ? encodeDirtyPages(change) : encodeEntry(change);
}

/** Dirty vector and pages of the old format. */
function encodeDirtyPages({ binsSize, pages }: LoggedChange): Uint8Array {
  const vector = new Uint8Array(oldLogPagesOffset(binsSize) - SECTOR);
  vector.set([0x44, 0x49, 0x52, 0x54]); // DIRT
  for (const { offset, bytes } of pages) {
    for (let bit = offset / SECTOR; bit < (offset + bytes.length) / SECTOR; bit += 1) {
      vector[4 + (bit >> 3)]! |= 1 << (bit & 7);
    }
  }
  return concatBytes(vector, ...pages.map(({ bytes }) => bytes));
}

/** One entry of the new format and a sector of zeros, so that no older entry can follow it by chance. */
function encodeEntry({ baseBlock, sequence, binsSize, pages }: LoggedChange): Uint8Array {
  const used = pages.reduce((length, { bytes }) => length + 8 + bytes.length, ENTRY_HEAD);
  const size = Math.ceil(used / SECTOR) * SECTOR;
  const body = new Uint8Array(size + SECTOR);
  body.set([0x48, 0x76, 0x4c, 0x45]); // HvLE
  writeU32(body, 4, size);
  body.set(baseBlock.subarray(0x90, 0x94), 8); // flags of the base block
  writeU32(body, 12, sequence);
  writeU32(body, 16, binsSize);
  writeU32(body, 20, pages.length);
  let at = ENTRY_HEAD + 8 * pages.length;
  pages.forEach(({ offset, bytes }, index) => {
    writeU32(body, ENTRY_HEAD + 8 * index, offset);
    writeU32(body, ENTRY_HEAD + 8 * index + 4, bytes.length);
    body.set(bytes, at);
    at += bytes.length;
  });
  writeU64(body, 24, marvin32(body.subarray(ENTRY_HEAD, size)));
  writeU64(body, 32, marvin32(body.subarray(0, 32)));
  return body;
}
