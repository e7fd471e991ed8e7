/** What `list volume` and `vol` show of a volume. */
export interface VolumeIdentity {
  /** By Windows' names. */
  readonly fileSystem: 'NTFS' | 'FAT' | 'FAT32' | 'exFAT';
  /** Empty where the volume has none. */
  readonly label: string;
  /** 64 bits of an NTFS volume, 32 of the others; 0 where there is none. */
  readonly serial: bigint;
}
