import { BlockWriter } from './bytes';

const PAGES = 2;
const PAD_BYTES = 3;

/**
 * The two pages of a log at rest, with sequence 4 and 0, as Windows Server 2008 R2 leaves them. Nothing is dirty: an
 * entry (status, committed and pending transaction, recovery sequence) has status 0 and only its pending
 * transaction set. The samples hold two entries, one mirror and one RAID-5 volume: hence one entry per volume with
 * redundancy here (inferred).
 */
export function buildCleanLog(transaction: bigint, redundantVolumes: number): Uint8Array {
  const log = new Uint8Array(PAGES * 512);
  [4, 0].forEach((sequence, index) => {
    const page = new BlockWriter().fixedText('KLOG', 4).u64(0).u32(sequence).u32(PAGES).u32(index);
    for (let entry = 0; index === 0 && entry < redundantVolumes; entry += 1) {
      page.u8(0).u64(0).u64(transaction).u32(0).zeros(PAD_BYTES);
    }
    log.set(page.finish(512), index * 512);
  });
  return log;
}
