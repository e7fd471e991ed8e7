/** 100-nanosecond steps between 1601 and 1970. */
const UNIX_EPOCH = 116_444_736_000_000_000n;

/** Windows FILETIME of a moment. */
export function fileTimeOf(moment: Date): bigint {
  return BigInt(moment.getTime()) * 10_000n + UNIX_EPOCH;
}
