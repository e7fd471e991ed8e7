import { buildLogPage, LOG_STATUS, type LogEntry, type LogPage, PAGE_ENTRIES } from './klog';

/** Sequence of the first page of a log at rest in the samples. */
const FIRST_SEQUENCE = 4;
const FEWEST_PAGES = 2;

/**
 * The pages of a log that says of each volume with redundancy whether it is being written, in the order of their object
 * ids. The samples hold two entries at rest and have one mirror and one RAID-5 volume: hence an entry for each such
 * volume (inferred). At rest an entry has status 0 and only its pending transaction set; one that is dirty also counts
 * up its recovery sequence (our choice: no sample of a dirty log is known).
 *
 * @param before the log as it was, where there is one: sequences go on from it
 */
export function volumeLogPages(
  transaction: bigint,
  dirty: readonly boolean[],
  before: readonly LogPage[] = [],
): LogPage[] {
  const old = before.flatMap((page) => page.entries);
  const pages = Math.max(FEWEST_PAGES, before.length, Math.ceil(dirty.length / PAGE_ENTRIES));
  const sequence =
    before.length === 0 ? FIRST_SEQUENCE : Math.max(...before.map((page) => page.sequence)) + 1;
  return Array.from({ length: pages }, (_, index) => {
    const slots = dirty.slice(index * PAGE_ENTRIES, (index + 1) * PAGE_ENTRIES);
    const entries = slots.map((isDirty, slot): LogEntry => {
      const recoverySequence = old[index * PAGE_ENTRIES + slot]?.recoverySequence ?? 0;
      return {
        status: isDirty ? LOG_STATUS.dirty : LOG_STATUS.none,
        committedTransaction: isDirty ? transaction : 0n,
        pendingTransaction: transaction,
        recoverySequence: isDirty ? (recoverySequence + 1) >>> 0 : recoverySequence,
      };
    });
    return {
      transaction: before[index]?.transaction ?? 0n,
      sequence: slots.length > 0 || before.length > 0 ? sequence : 0,
      pages,
      index,
      entries,
    };
  });
}

/** The pages as they lie on the disk, one behind the other. */
export function buildLog(pages: readonly LogPage[]): Uint8Array {
  const log = new Uint8Array(pages.length * 512);
  pages.forEach((page, index) => {
    log.set(buildLogPage(page), index * 512);
  });
  return log;
}

/**
 * Which of `count` volumes with redundancy the log calls dirty. A dirty entry that belongs to none of them makes all of
 * them so: one more copy is safer than one too few (our choice).
 */
export function dirtyVolumes(pages: readonly LogPage[], count: number): boolean[] {
  const dirty: boolean[] = Array.from({ length: count }, () => false);
  let unknown = false;
  for (const page of pages) {
    page.entries.forEach(({ status }, slot) => {
      if (status !== LOG_STATUS.dirty && status !== LOG_STATUS.applicationDirty) return;
      const volume = page.index * PAGE_ENTRIES + slot;
      if (volume < count) dirty[volume] = true;
      else unknown = true;
    });
  }
  return unknown ? dirty.map(() => true) : dirty;
}
