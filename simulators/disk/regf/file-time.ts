/** 100-nanosecond steps between 1601-01-01 and 1970-01-01. */
const UNIX_EPOCH = 116_444_736_000_000_000n;

/** FILETIME (100 ns steps since 1601-01-01 UTC) of a Unix time in milliseconds. */
export function fileTimeFromUnix(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds)) * 10_000n + UNIX_EPOCH;
}

/** Unix time in milliseconds of a FILETIME; the rest of the millisecond is cut off. */
export function unixFromFileTime(fileTime: bigint): number {
  return Number((fileTime - UNIX_EPOCH) / 10_000n);
}
