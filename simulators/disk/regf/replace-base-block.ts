import { SECTOR } from './log-header';

const SIGNATURE_SIZE = 4;

/**
 * The sectors to write one after the other, so that the first sector of a base block turns from `before` into `after`
 * and power lost in the middle of one leaves a block that is whole (`before`, or `after`) or has no signature. Only
 * its first four bytes tell: nothing depends on the checksum.
 *
 * It could not be relied on. It is an XOR of 32-bit words, so two changes by the same bits cancel each other out: a
 * block whose sequence numbers both moved on by one has the checksum that it had before, whatever else of it is old,
 * and so has one in which a sequence number and the time changed alike.
 *
 * That Windows takes a base block without a signature for one with a wrong checksum, and asks the first bin and the logs,
 * is general knowledge.
 */
export function replaceBaseBlock(before: Uint8Array, after: Uint8Array): Uint8Array[] {
  const sector = after.slice(0, SECTOR);
  return [withoutSignature(before), withoutSignature(sector), sector];
}

function withoutSignature(baseBlock: Uint8Array): Uint8Array {
  return baseBlock.slice(0, SECTOR).fill(0, 0, SIGNATURE_SIZE);
}
