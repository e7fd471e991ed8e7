import type { Random } from '../random';

/** `dedicated.server.BootTypeEnum` of the API schema. */
export type BootType = 'harddisk' | 'internal' | 'network' | 'power' | 'rescue';

/** `dedicated.server.BootOptionEnum` of the API schema. */
type BootOption = 'cpufamily' | 'grsec' | 'ipv6' | 'smp';

/** One netboot that a server may be set to (`dedicated.server.Netboot` of the API schema). */
export interface BootEntry {
  readonly bootId: number;
  readonly bootType: BootType;
  /** The name to find an entry by: ids differ between regions and servers. */
  readonly kernel: string;
  readonly description: string;
  readonly options?: readonly { readonly option: BootOption; readonly value: string }[];
}

/** The kernel names of the rescue systems. */
export const DEBIAN_RESCUE = 'rescue-customer';
export const WINDOWS_RESCUE = 'rescue-customer-windows';

/** Where a server stands: each region has an API, and boot ids, of its own. */
export type Region = 'EU' | 'CA' | 'US';

interface BootIds {
  readonly disk: number;
  readonly ipxeShell: number;
  readonly rescue: number;
  readonly powerOff: number;
}

/**
 * EU: ids that clients of that region have met. US: ids that the API there once named as the allowed ones, without
 * their kernels: which of them is which is our choice. CA: taken to be as in EU.
 */
const BOOT_IDS: Readonly<Record<Region, BootIds>> = {
  EU: { disk: 1, ipxeShell: 203323, rescue: 46371, powerOff: 95083 },
  CA: { disk: 1, ipxeShell: 203323, rescue: 46371, powerOff: 95083 },
  US: { disk: 1, ipxeShell: 191853, rescue: 86152, powerOff: 39720 },
};

/**
 * The netboots of a server. The id of the Windows rescue system is published nowhere, so each server draws its own and
 * a client has to look it up. The iPXE shell is listed before the rescue systems, whose type it shares: who takes the
 * first of that type takes the wrong one. Except for "Windows customer rescue system", the descriptions are our choice.
 */
export function createBootList(random: Random, region: Region = 'EU'): BootEntry[] {
  const ids = BOOT_IDS[region];
  return [
    { bootId: ids.disk, bootType: 'harddisk', kernel: 'hd', description: 'Boot from the hard disk' },
    { bootId: ids.ipxeShell, bootType: 'rescue', kernel: 'ipxe-shell', description: 'iPXE shell' },
    {
      bootId: ids.rescue,
      bootType: 'rescue',
      kernel: DEBIAN_RESCUE,
      description: 'Customer rescue system',
    },
    {
      bootId: 210000 + random.integer(80000),
      bootType: 'rescue',
      kernel: WINDOWS_RESCUE,
      description: 'Windows customer rescue system',
    },
    { bootId: ids.powerOff, bootType: 'power', kernel: 'poweroff', description: 'Power off' },
  ];
}
