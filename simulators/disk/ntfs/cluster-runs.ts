import { DiskFormatError } from '../bytes';

/** Clusters in a row. A sparse run has no place. */
export interface ClusterRun {
  readonly start: number | undefined;
  readonly count: number;
}

/**
 * Decodes the runs of an attribute. Throws a DiskFormatError, whose offset counts within the runs, for runs outside the
 * volume.
 */
export function decodeRuns(bytes: Uint8Array, clusters: number): ClusterRun[] {
  const runs: ClusterRun[] = [];
  let at = 0;
  let previous = 0;
  while (at < bytes.length && bytes[at] !== 0) {
    const header = bytes[at] ?? 0;
    const countBytes = header & 0xf;
    const startBytes = header >> 4;
    if (at + 1 + countBytes + startBytes > bytes.length || countBytes > 6 || startBytes > 6) {
      throw new DiskFormatError(at, 'a run of clusters does not fit into its attribute');
    }
    const count = signed(bytes.subarray(at + 1, at + 1 + countBytes));
    const delta = signed(bytes.subarray(at + 1 + countBytes, at + 1 + countBytes + startBytes));
    if (startBytes > 0) previous += delta;
    const inside = startBytes === 0 || (previous >= 0 && previous + count <= clusters);
    if (count < 1 || !inside) throw new DiskFormatError(at, 'a run of clusters lies outside the volume');
    runs.push({ start: startBytes > 0 ? previous : undefined, count });
    at += 1 + countBytes + startBytes;
  }
  return runs;
}

/** A little-endian number whose highest bit is its sign. */
function signed(bytes: Uint8Array): number {
  let value = 0;
  for (let index = bytes.length - 1; index >= 0; index -= 1) value = value * 256 + (bytes[index] ?? 0);
  return (bytes[bytes.length - 1] ?? 0) > 0x7f ? value - 256 ** bytes.length : value;
}
