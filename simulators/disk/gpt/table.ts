/** A used entry. Sectors are absolute, 512 bytes each. */
export interface GptPartition {
  /** Entry number, from 1. */
  readonly number: number;
  /** Lower-case GUIDs without braces. */
  readonly type: string;
  readonly guid: string;
  readonly startSector: number;
  readonly sizeSectors: number;
  /** At most 36 UTF-16 units. */
  readonly name: string;
  /** 64 bits: see `hasAttribute`. */
  readonly attributes: bigint;
}

/** What both copies of a table say. */
export interface GuidPartitionTable {
  /** Lower case, without braces. */
  readonly diskGuid: string;
  readonly firstUsableSector: number;
  readonly lastUsableSector: number;
  /** Entries that there is room for, and bytes of each: 128 and 128 but on disks of rare programs. */
  readonly entryCount: number;
  readonly entryBytes: number;
  /**
   * Where the primary's entries start, on the rare disks where that is not sector 2: boot code of another system may stand
   * between, so writing keeps the place.
   */
  readonly primaryEntriesSector?: number;
  readonly partitions: readonly GptPartition[];
}

export const ENTRY_COUNT = 128;
export const ENTRY_BYTES = 128;
export const PRIMARY_ENTRIES_SECTOR = 2;
export const NAME_UNITS = 36;

/** Bytes of the entries of a table; more than 1 MiB is not read. Our limit: 8192 entries of the usual size. */
export const ENTRIES_LIMIT = 1 << 20;

export function entriesSectors(table: { readonly entryCount: number; readonly entryBytes: number }): number {
  return Math.ceil((table.entryCount * table.entryBytes) / 512);
}
