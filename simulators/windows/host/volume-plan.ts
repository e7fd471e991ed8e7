import { DiskFormatError } from '../../disk/bytes';
import { type DiskGroup, type GroupVolume, type LdmMember, openVolume } from '../../disk/ldm';
import { partOfDisk, SECTOR_BYTES, type SectorReader } from '../../disk/mbr';
import type { VolumeLocation, VolumeView } from '../windows-host';
import type { HostDisk } from './host-disk';
import { mapVolume, type VolumeMapping } from './mapper-tables';

/** A volume that the disks' present state asks for. */
export interface VolumePlan {
  /** What stays the same while the volume is the same one. */
  readonly key: string;
  readonly type: VolumeView['type'];
  readonly sizeBytes: number;
  readonly status: VolumeView['status'];
  readonly disks: readonly HostDisk[];
  readonly location: VolumeLocation;
  readonly readOnly: boolean;
  /** Where firmware starts: the active partition, or the EFI system partition. */
  readonly active: boolean;
  readonly hidden: boolean;
  /** Windows gives it no letter of its own accord. */
  readonly withoutLetter: boolean;
  /** True for the volume of the running system, which is mounted already. */
  readonly system: boolean;
  /** Letter that an imported volume asks for, e.g. `E`. */
  readonly mountHint: string | undefined;
  /** The volume's bytes, or undefined where too many of its disks are missing. */
  readonly content: SectorReader | undefined;
  /** Enough of its disks are there. */
  readonly usable: boolean;
  /** Its copies or its parity are made anew, or were since the start. */
  readonly resynced: boolean;
  readonly source:
    | {
        readonly kind: 'partition';
        readonly path: string;
        readonly number: number;
        readonly startSector: number;
        readonly sizeSectors: number;
      }
    | ({ readonly kind: 'mapped' } & VolumeMapping);
}

/** Why a volume's copies, or its parity, are made anew, and on which disks (paths). */
export interface VolumeResync {
  readonly reason: 'behind' | 'dirty';
  readonly paths: ReadonlySet<string>;
  /** The copies are equal by now. */
  readonly done: boolean;
}

export interface PlanInput {
  readonly disks: readonly HostDisk[];
  readonly groups: readonly DiskGroup[];
  /** Disk groups that are not foreign. */
  readonly ownGroups: ReadonlySet<string>;
  /** By volume GUID, the copies that must be made or were made since the start. */
  readonly resyncs: ReadonlyMap<string, VolumeResync>;
  /** Undefined where no system runs from these disks. */
  readonly systemOffsetBytes: number | undefined;
  readonly mapperFolder: string;
}

/** Every volume on the online disks: basic partitions in disk order, then the volumes of the machine's own groups. */
export function planVolumes(input: PlanInput): VolumePlan[] {
  const online = input.disks.filter((disk) => disk.online);
  return [
    ...online.flatMap((disk) => basicVolumes(disk, input)),
    ...input.groups
      .filter(({ guid }) => input.ownGroups.has(guid))
      .flatMap((group) => group.volumes.map((volume) => dynamicVolume(volume, input)))
      .filter((plan) => plan !== undefined),
  ];
}

function basicVolumes(disk: HostDisk, { systemOffsetBytes }: PlanInput): VolumePlan[] {
  const { partitions, signature, guid } = disk.content;
  return partitions.map((partition) => {
    const { number, startSector, sizeSectors, active, guid: partitionGuid } = partition;
    const offsetBytes = startSector * SECTOR_BYTES;
    return {
      key: `${disk.path}@${startSector}`,
      type: 'Partition',
      sizeBytes: sizeSectors * SECTOR_BYTES,
      status: 'Healthy',
      disks: [disk],
      location:
        guid !== undefined && partitionGuid !== undefined
          ? { style: 'gpt', diskGuid: guid, partitionGuid }
          : { style: 'mbr', signature: signature ?? 0, offsetBytes },
      readOnly: disk.readOnly || partition.readOnly,
      active: active || partition.efiSystem,
      hidden: partition.hidden,
      withoutLetter: partition.withoutLetter,
      system: disk.number === 0 && offsetBytes === systemOffsetBytes,
      mountHint: undefined,
      content: partOfDisk(disk.device, startSector, sizeSectors),
      usable: true,
      resynced: false,
      source: { kind: 'partition', path: disk.path, number, startSector, sizeSectors },
    };
  });
}

const TYPES = {
  simple: 'Simple',
  spanned: 'Spanned',
  striped: 'Stripe',
  mirrored: 'Mirror',
  raid5: 'RAID-5',
} as const;

/** Undefined where too many of the volume's disks are missing. */
function contentOf(
  volume: GroupVolume,
  diskOf: (member: LdmMember) => SectorReader | undefined,
): SectorReader | undefined {
  try {
    return openVolume(volume, diskOf);
  } catch (error) {
    if (error instanceof DiskFormatError) return undefined;
    throw error;
  }
}

function dynamicVolume(volume: GroupVolume, input: PlanInput): VolumePlan | undefined {
  const diskOf = (member: unknown) =>
    input.disks.find((disk) => disk.online && disk.content.member === member);
  const extents = volume.components.flatMap((component) => component.extents);
  const resync = input.resyncs.get(volume.guid);
  const stale = resync?.paths ?? new Set<string>();
  const isRaid5 = volume.layout === 'raid5';
  const present = extents.filter(({ disk }) => disk.member && diskOf(disk.member));
  if (present.length === 0) return undefined;
  const disks = [...new Set(present.map(({ disk }) => diskOf(disk.member)!))];
  const mapping = mapVolume(volume, {
    prefix: `ldm-${volume.guid}`,
    mapperFolder: input.mapperFolder,
    pathOf: (member) => {
      const disk = diskOf(member);
      if (!disk || !stale.has(disk.path)) return disk?.path;
      // What is out of date and may not be written cannot take part, nor can a column that is not worked out yet.
      const isLeftOut = isRaid5 ? resync?.reason === 'behind' && !resync.done : disk.readOnly;
      return isLeftOut ? undefined : disk.path;
    },
    stale,
    unfinished: resync?.done === false,
  });
  const system = extents.some(
    ({ disk, absoluteSector }) =>
      disk.member !== undefined &&
      diskOf(disk.member)?.number === 0 &&
      absoluteSector !== undefined &&
      absoluteSector * SECTOR_BYTES === input.systemOffsetBytes,
  );
  return {
    key: `ldm@${volume.guid}`,
    type: TYPES[volume.layout],
    sizeBytes: volume.sizeSectors * SECTOR_BYTES,
    status: mapping.status,
    disks: disks.sort((a, b) => a.number - b.number),
    location: { style: 'dynamic', volumeGuid: volume.guid },
    readOnly: disks.some((disk) => disk.readOnly),
    active: false,
    hidden: false,
    withoutLetter: false,
    system,
    mountHint: /^[A-Z]:$/i.test(volume.mountHint ?? '')
      ? volume.mountHint?.charAt(0).toUpperCase()
      : undefined,
    content: contentOf(volume, (member) => diskOf(member)?.device),
    usable: mapping.devices.length > 0,
    resynced: resync !== undefined,
    source: { kind: 'mapped', ...mapping },
  };
}
