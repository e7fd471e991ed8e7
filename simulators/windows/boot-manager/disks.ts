/** A disk as the boot manager sees it through the firmware; its number is its place in the list. */
export interface DiskTable {
  readonly style: 'mbr' | 'gpt' | 'raw';
  /** MBR disk signature (u32). */
  readonly signature?: number | undefined;
  /** GPT disk GUID. */
  readonly guid?: string | undefined;
  readonly partitions: readonly PartitionEntry[];
}

export interface PartitionEntry {
  /** First byte of the partition on its disk. */
  readonly offsetBytes: number;
  /** GPT partition GUID. */
  readonly guid?: string | undefined;
  /** Windows' number: primary partitions and logical drives from 1 on. Only NTLDR looks at it. */
  readonly number?: number | undefined;
}

/** Indexes into the list of disks and into that disk's partitions. */
export interface PartitionPlace {
  readonly disk: number;
  readonly partition: number;
}

/** Whether a file exists; the path starts with a backslash and is compared as Windows does, without regard to case. */
export type FileExists = (place: PartitionPlace, windowsPath: string) => boolean;
