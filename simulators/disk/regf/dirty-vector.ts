import { hasAscii } from '../bytes';
import { HiveFormatError } from './hive-format-error';
import type { Page } from './log-entries';
import { type LogHeader, SECTOR } from './log-header';

const VECTOR = SECTOR + 4;

/** Where the pages of an old log start: in the sector after the bitmap, which has a bit for each 512 bytes of bins. */
export function oldLogPagesOffset(binsSize: number): number {
  return Math.ceil((VECTOR + binsSize / 4096) / SECTOR) * SECTOR;
}

/**
 * The pages of an old log ("DIRT"). It has no checksum over them: that it is whole follows from its header, which
 * is written last. Throws a HiveFormatError (offset in the log) when pages are missing.
 */
export function readDirtyPages(log: Uint8Array, { binsSize }: LogHeader): Page[] {
  if (!hasAscii(log, SECTOR, 'DIRT')) throw new HiveFormatError(SECTOR, 'no dirty vector ("DIRT") follows');
  const pagesOffset = oldLogPagesOffset(binsSize);
  if (pagesOffset > log.length) {
    throw new HiveFormatError(VECTOR, `the dirty vector of bins of ${binsSize} bytes runs past the end`);
  }
  const pages: Page[] = [];
  let from = pagesOffset;
  for (let bit = 0; bit < binsSize / SECTOR; bit += 1) {
    if ((log[VECTOR + (bit >> 3)]! & (1 << (bit & 7))) === 0) continue;
    if (from + SECTOR > log.length) {
      throw new HiveFormatError(from, `the log ends before the page for offset ${bit * SECTOR} of the bins`);
    }
    pages.push({ offset: bit * SECTOR, bytes: log.subarray(from, from + SECTOR) });
    from += SECTOR;
  }
  return pages;
}
