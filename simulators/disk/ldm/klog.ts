import { DiskFormatError, hasAscii } from '../bytes';
import { BlockReader } from './block-reader';
import { BlockWriter } from './block-writer';

const MAGIC = 'KLOG';
const HEADER_BYTES = 24;
const ENTRY_BYTES = 24;
const PAD_BYTES = 3;
/** Entries that one page of 512 bytes holds. */
export const PAGE_ENTRIES = Math.floor((512 - HEADER_BYTES) / ENTRY_BYTES);

/** States of an entry (LGPL code that names them after Microsoft's DMDIAG). 0 stands for an entry that says nothing. */
export const LOG_STATUS = {
  none: 0,
  detach: 1,
  dirty: 2,
  commit: 3,
  logDetach: 4,
  applicationDirty: 5,
} as const;

/** One entry of the kernel's update log: volumes that are being written, plexes that were detached, commits. */
export interface LogEntry {
  readonly status: number;
  readonly committedTransaction: bigint;
  readonly pendingTransaction: bigint;
  readonly recoverySequence: number;
}

/** One page (512 bytes) of the log. */
export interface LogPage {
  readonly transaction: bigint;
  /** Counts the writes to the log; pages written together share it. */
  readonly sequence: number;
  readonly pages: number;
  readonly index: number;
  /** Up to the last one that is not all zero. */
  readonly entries: readonly LogEntry[];
}

/** Parses a page that stands at byte `offset` of its disk. Refuses a wrong magic and page numbers that cannot be. */
export function parseLogPage(sector: Uint8Array, offset = 0): LogPage {
  if (!hasAscii(sector, 0, MAGIC)) {
    throw new DiskFormatError(
      offset,
      'the log page does not start with KLOG',
      'The log page does not start with KLOG.',
    );
  }
  const reader = new BlockReader(sector, 'KLOG', offset, 4);
  const transaction = reader.u64();
  const sequence = reader.u32();
  const pages = reader.u32();
  const index = reader.u32();
  if (index >= pages) throw reader.refusal(`page ${index} of a log of ${pages} pages`, 0x14);
  const entries: LogEntry[] = [];
  let used = 0;
  for (let slot = 0; slot < PAGE_ENTRIES; slot += 1) {
    const entry = {
      status: reader.u8(),
      committedTransaction: reader.u64(),
      pendingTransaction: reader.u64(),
      recoverySequence: reader.u32(),
    };
    reader.skip(PAD_BYTES);
    entries.push(entry);
    const { status, committedTransaction, pendingTransaction, recoverySequence } = entry;
    if (status !== 0 || committedTransaction !== 0n || pendingTransaction !== 0n || recoverySequence !== 0)
      used = slot + 1;
  }
  return { transaction, sequence, pages, index, entries: entries.slice(0, used) };
}

/** Builds the 512 bytes of a page. It has no checksum. */
export function buildLogPage(page: LogPage): Uint8Array {
  if (page.entries.length > PAGE_ENTRIES)
    throw new RangeError(`A log page holds ${PAGE_ENTRIES} entries, not ${page.entries.length}.`);
  const block = new BlockWriter()
    .fixedText(MAGIC, 4)
    .u64(page.transaction)
    .u32(page.sequence)
    .u32(page.pages)
    .u32(page.index);
  for (const entry of page.entries) {
    block
      .u8(entry.status)
      .u64(entry.committedTransaction)
      .u64(entry.pendingTransaction)
      .u32(entry.recoverySequence)
      .zeros(PAD_BYTES);
  }
  return block.finish(512);
}
