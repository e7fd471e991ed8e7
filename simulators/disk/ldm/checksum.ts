import { sumOfBytes } from '../bytes';

const CHECKSUM_OFFSET = 8;

/** PRIVHEAD and TOCBLOCK checksum: the sum of the 512 bytes, the four checksum bytes counted as zero. */
function blockChecksum(block: Uint8Array): number {
  let sum = sumOfBytes(block);
  for (let at = CHECKSUM_OFFSET; at < CHECKSUM_OFFSET + 4; at += 1) sum -= block[at]!;
  return sum;
}

/** True where the stored checksum (u32 at 8) matches the bytes. */
export function hasValidChecksum(block: Uint8Array): boolean {
  return viewOf(block).getUint32(CHECKSUM_OFFSET) === blockChecksum(block);
}

/** Writes the checksum into the block and returns the same block. */
export function sealChecksum(block: Uint8Array): Uint8Array {
  viewOf(block).setUint32(CHECKSUM_OFFSET, blockChecksum(block));
  return block;
}

function viewOf(block: Uint8Array): DataView {
  return new DataView(block.buffer, block.byteOffset, block.byteLength);
}
