/** A partition of the table, or a logical drive. Sectors are absolute, 512 bytes each. */
export interface MbrPartition {
  /** 1 to 4: the entry's place in the table. From 5 on: a logical drive. Linux gives the same numbers. */
  readonly number: number;
  readonly active: boolean;
  /** System indicator byte: 0x07 NTFS, 0x42 dynamic disk, 0xee protective, 0x05 and 0x0f extended. */
  readonly type: number;
  readonly startSector: number;
  readonly sizeSectors: number;
  /** Of a logical drive: the sector of the extended boot record that names it. */
  readonly tableSector?: number;
}

export interface MasterBootRecord {
  /** The first 440 bytes, kept as they are. */
  readonly bootCode: Uint8Array;
  /** Disk signature, u32 at 0x1B8. */
  readonly signature: number;
  readonly partitions: readonly MbrPartition[];
}
