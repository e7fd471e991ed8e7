/** What every object of the database has. `flags` is the record's own byte, which says which optional fields follow. */
interface RecordHeader {
  readonly status: number;
  readonly flags: number;
  readonly revision: number;
  readonly id: number;
  readonly name: string;
}

export interface VolumeRecord extends RecordHeader {
  readonly kind: 'volume';
  /** `gen` or `raid5`. */
  readonly type: string;
  readonly disabledDriveLetter: string;
  readonly state: string;
  readonly readPolicy: number;
  readonly volumeNumber: number;
  readonly volumeFlags: number;
  readonly componentCount: number;
  readonly transaction: bigint;
  readonly secondTransaction: bigint;
  readonly sizeSectors: number;
  /** Four bytes, zero in the samples. */
  readonly reserved: number;
  readonly partitionType: number;
  readonly guid: string;
  readonly firstOptional: string | undefined;
  readonly secondOptional: string | undefined;
  readonly columnSectors: number | undefined;
  /** e.g. `E:` */
  readonly mountHint: string | undefined;
}

export interface ComponentRecord extends RecordHeader {
  readonly kind: 'component';
  readonly state: string;
  /** 1 striped, 2 concatenated, 3 RAID-5. */
  readonly layout: number;
  readonly objectFlags: number;
  readonly extentCount: number;
  readonly transaction: bigint;
  readonly secondTransaction: bigint;
  readonly volumeId: number;
  /** Object id of a log disk, which Windows does not make; zero. */
  readonly logId: number;
  readonly stripeSectors: number | undefined;
  readonly columns: number | undefined;
}

export interface ExtentRecord extends RecordHeader {
  readonly kind: 'extent';
  readonly objectFlags: number;
  readonly transaction: bigint;
  /** From the start of the disk's public region. */
  readonly startSector: number;
  /** Where the extent begins inside its column. */
  readonly columnOffset: number;
  readonly sizeSectors: number;
  readonly componentId: number;
  readonly diskId: number;
  readonly column: number | undefined;
  /** The field that the flag `hidden` announces. */
  readonly hidden: number | undefined;
}

export interface DiskRecord extends RecordHeader {
  readonly kind: 'disk';
  readonly guid: string;
  /** Name of the device the disk was last seen as; empty in the samples. */
  readonly alternativeName: string;
  readonly objectFlags: number;
  readonly transaction: bigint;
}

export interface DiskGroupRecord extends RecordHeader {
  readonly kind: 'disk group';
  readonly guid: string;
  readonly objectFlags: number;
  readonly transaction: bigint;
}

export type LdmRecord = VolumeRecord | ComponentRecord | ExtentRecord | DiskRecord | DiskGroupRecord;

/** The `status` of a record: how far the transaction is that it belongs to (LGPL code). */
export const RECORD_STATUS = { active: 0, toBeDeleted: 1, toBeAdded: 2 } as const;

/** Type nibbles of the record header. */
export const RECORD_TYPES = { volume: 1, component: 2, extent: 3, disk: 4, 'disk group': 5 } as const;

/** Bits of the record flags: the optional field that each one announces. */
export const OPTIONAL = {
  component: { stripes: 0x10 },
  extent: { column: 0x08, hidden: 0x40 },
  volume: { first: 0x08, second: 0x20, columnSize: 0x80, mountHint: 0x02 },
} as const;
