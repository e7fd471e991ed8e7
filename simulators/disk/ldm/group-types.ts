import type { LdmMember } from './member';

type VolumeLayout = 'simple' | 'spanned' | 'striped' | 'mirrored' | 'raid5';

/** A disk that the group's database lists. `member` is undefined where the disk was not among those read. */
export interface GroupDisk {
  readonly name: string;
  readonly guid: string;
  readonly member: LdmMember | undefined;
}

/** A piece of a volume. Sectors are 512 bytes. */
export interface VolumeExtent {
  readonly name: string;
  readonly disk: GroupDisk;
  /** From the start of the disk's public region, as the database stores it. */
  readonly startSector: number;
  /** From the start of the disk; undefined where the disk is missing. */
  readonly absoluteSector: number | undefined;
  readonly sizeSectors: number;
  readonly columnOffset: number;
  readonly column: number;
}

/** A complete copy of the volume's data: a mirrored volume has several. */
export interface VolumeComponent {
  readonly name: string;
  readonly layout: 'striped' | 'concatenated' | 'raid5';
  /** Stripe size, where striped or RAID-5. */
  readonly stripeSectors: number | undefined;
  readonly columns: number;
  /** In the order of column and offset. */
  readonly extents: readonly VolumeExtent[];
}

export interface GroupVolume {
  readonly name: string;
  readonly guid: string;
  readonly layout: VolumeLayout;
  readonly sizeSectors: number;
  readonly mountHint: string | undefined;
  readonly partitionType: number;
  /** True where the update log says that it was being written when the machine stopped. */
  readonly dirty: boolean;
  readonly components: readonly VolumeComponent[];
}

export interface DiskGroup {
  readonly guid: string;
  readonly name: string;
  readonly transaction: bigint;
  readonly disks: readonly GroupDisk[];
  readonly volumes: readonly GroupVolume[];
}
