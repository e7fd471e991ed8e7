import type { BcdDevice, PartitionDevice } from '../../disk/bcd';
import { bareGuid, isGuid } from '../../disk/bytes';
import type { DiskTable, FileExists, PartitionPlace } from './disks';

export interface ResolveContext {
  /** What `boot` means, and the disk that wins where two carry the same signature. */
  readonly bootPlace?: PartitionPlace | undefined;
  /** Needed for `locate`. */
  readonly fileExists?: FileExists;
  /** The path that a `locate` device names by an element of its object. */
  readonly pathOfElement?: (element: number) => string | undefined;
}

/** Where a device lies. `image` is the file on that partition which holds it (RAM disk, VHD, file). */
export interface ResolvedDevice extends PartitionPlace {
  readonly image?: string;
}

/**
 * Finds a BCD device among the attached disks: an MBR partition by disk signature and byte offset, a GPT partition by
 * both GUIDs (formats.md 0.1). Undefined where bcdedit prints `unknown` and the boot manager ends with 0xc000000e.
 * Where the same identity exists twice the boot disk goes first, then the lowest number; that order is our choice.
 */
export function resolveDevice(
  device: BcdDevice,
  disks: readonly DiskTable[],
  context: ResolveContext = {},
): ResolvedDevice | undefined {
  switch (device.kind) {
    case 'boot':
      return context.bootPlace;
    case 'partition':
      return places(disks, context).find((place) => matches(device, disks[place.disk]!, place.partition));
    case 'locate': {
      const path = device.path === '' ? context.pathOfElement?.(device.element) : device.path;
      const { fileExists } = context;
      if (path === undefined || fileExists === undefined) return undefined;
      return places(disks, context).find((place) => fileExists(place, path));
    }
    case 'ramdisk':
    case 'file':
    case 'vhd':
    case 'locatedVhd': {
      const parent = resolveDevice(device.parent, disks, context);
      return parent && { ...parent, image: device.path };
    }
    case 'unknown':
      return undefined;
  }
}

/** All partitions, those of the boot disk first. */
function places(disks: readonly DiskTable[], { bootPlace }: ResolveContext): PartitionPlace[] {
  const all = disks.flatMap((table, disk) =>
    table.partitions.map((_entry, partition) => ({ disk, partition })),
  );
  const onBootDisk = (place: PartitionPlace) => place.disk === bootPlace?.disk;
  return [...all.filter(onBootDisk), ...all.filter((place) => !onBootDisk(place))];
}

function matches(device: PartitionDevice, disk: DiskTable, partition: number): boolean {
  const entry = disk.partitions[partition];
  if (entry === undefined || disk.style !== device.style) return false;
  if (device.style === 'mbr') {
    return disk.signature === device.signature && entry.offsetBytes === device.offsetBytes;
  }
  return sameGuid(disk.guid, device.diskGuid) && sameGuid(entry.guid, device.partitionGuid);
}

function sameGuid(left: string | undefined, right: string): boolean {
  return left !== undefined && isGuid(left) && bareGuid(left) === bareGuid(right);
}
