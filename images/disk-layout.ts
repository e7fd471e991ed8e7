import type { PartitionDevice } from '../simulators/disk/bcd';
import type { MountedLocation } from '../simulators/disk/registry';
import type { BootFirmware, WindowsProfile } from '../simulators/windows/profiles';

const MIB = 1024 * 1024;

/** Where a partition lies, and what it is for. */
export interface Place {
  readonly use: 'system' | 'reserved' | 'windows';
  readonly startMiB: number;
  readonly sizeMiB: number;
  /** On a GPT disk. */
  readonly guid?: string;
}

/** A disk's table: with an MBR signature, or with GUIDs. */
export interface DiskLayout {
  readonly identity:
    | { readonly style: 'mbr'; readonly signature: number }
    | { readonly style: 'gpt'; readonly guid: string };
  readonly places: readonly Place[];
}

/** Sizes of the EFI system partition and the Microsoft reserved one: Windows setup's choices (general knowledge). */
const EFI_SYSTEM_MIB = 100;
const RESERVED_MIB = 16;

/**
 * How setup divides a server's disk: with BIOS a System Reserved partition of the version's size, where it has one, and
 * Windows; with UEFI the EFI system partition (first, as without a recovery partition), the reserved one and Windows.
 * @param signature of the MBR; the GUIDs of a GPT are made from it, so that all clones of an image have the same ones
 */
export function diskLayout(
  profile: WindowsProfile,
  firmware: BootFirmware,
  signature: number,
  windowsMiB: number,
): DiskLayout {
  const digits = signature.toString(16).padStart(8, '0');
  const guid = (number: number): string => `${digits}-1ab0-4d15-8a5e-0000000000${number}0`;
  const sizes: readonly (readonly [Place['use'], number])[] =
    firmware === 'UEFI'
      ? [
          ['system', EFI_SYSTEM_MIB],
          ['reserved', RESERVED_MIB],
          ['windows', windowsMiB],
        ]
      : [
          ...(profile.systemReservedMiB === undefined
            ? []
            : [['system', profile.systemReservedMiB] as const]),
          ['windows', windowsMiB],
        ];
  let startMiB = 1;
  const places = sizes.map(([use, sizeMiB], index) => {
    const place = { use, startMiB, sizeMiB, ...(firmware === 'UEFI' ? { guid: guid(index + 1) } : {}) };
    startMiB += sizeMiB;
    return place;
  });
  const identity =
    firmware === 'UEFI' ? ({ style: 'gpt', guid: guid(0) } as const) : ({ style: 'mbr', signature } as const);
  return { identity, places };
}

/** The partition with Windows. */
export function windowsPlace(layout: DiskLayout): Place {
  return layout.places.find(({ use }) => use === 'windows')!;
}

/** The partition with the boot manager: that of Windows, where there is no other. */
export function systemPlace(layout: DiskLayout): Place {
  return layout.places.find(({ use }) => use === 'system') ?? windowsPlace(layout);
}

/** A partition as a boot configuration names it. */
export function partitionDevice({ identity }: DiskLayout, place: Place): PartitionDevice {
  if (identity.style === 'gpt') {
    return { kind: 'partition', style: 'gpt', diskGuid: identity.guid, partitionGuid: place.guid! };
  }
  const { signature } = identity;
  return { kind: 'partition', style: 'mbr', signature, offsetBytes: place.startMiB * MIB };
}

/** A partition as the registry's MountedDevices names it. */
export function mountedLocation({ identity }: DiskLayout, place: Place): MountedLocation {
  if (identity.style === 'gpt') return { style: 'gpt', partitionGuid: place.guid! };
  return { style: 'mbr', signature: identity.signature, offsetBytes: place.startMiB * MIB };
}
