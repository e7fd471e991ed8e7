/**
 * Attribute bits of a partition entry: UEFI 2.10, table 5-6, and for basic data partitions GPT_BASIC_DATA_ATTRIBUTE_* of
 * PARTITION_INFORMATION_GPT (winioctl.h).
 */
const BITS = {
  /** The machine needs the partition; Windows deletes it only when told to override. */
  required: 0x0000_0000_0000_0001n,
  /** The firmware shall leave it alone (no block I/O protocol). */
  firmwareIgnores: 0x0000_0000_0000_0002n,
  /** A BIOS may start from it. */
  legacyBootable: 0x0000_0000_0000_0004n,
  readOnly: 0x1000_0000_0000_0000n,
  shadowCopy: 0x2000_0000_0000_0000n,
  /** Windows does not mount it. */
  hidden: 0x4000_0000_0000_0000n,
  /** Windows gives it no drive letter of its own accord. */
  noDriveLetter: 0x8000_0000_0000_0000n,
} as const;

export type GptAttribute = keyof typeof BITS;

export function hasAttribute(attributes: bigint, attribute: GptAttribute): boolean {
  return (attributes & BITS[attribute]) !== 0n;
}

/** The attributes with one of them set or cleared; bits of other meanings stay. */
export function withAttribute(attributes: bigint, attribute: GptAttribute, on: boolean): bigint {
  return on ? attributes | BITS[attribute] : attributes & ~BITS[attribute];
}
