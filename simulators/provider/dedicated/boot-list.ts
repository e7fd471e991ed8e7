import type { Random } from '../random';

/** `dedicated.server.BootTypeEnum` of the API schema. */
export type BootType = 'harddisk' | 'internal' | 'network' | 'power' | 'rescue';

/** One netboot that a server may be set to (`dedicated.server.Netboot` of the API schema). */
export interface BootEntry {
  readonly bootId: number;
  readonly bootType: BootType;
  /** The name to find an entry by: ids differ between regions and servers. */
  readonly kernel: string;
  readonly description: string;
  readonly options?: readonly { readonly option: string; readonly value: string }[];
}

/** The kernel name of the Windows rescue system. */
export const WINDOWS_RESCUE = 'rescue-customer-windows';

/**
 * The netboots of a server. The ids of `hd`, `rescue-customer`, `poweroff` and `ipxe-shell` are those seen in
 * the European region; the id of the Windows rescue system is published nowhere, so each server draws its own
 * and a client has to look it up. Except for "Windows customer rescue system", the descriptions are our choice.
 */
export function createBootList(random: Random): BootEntry[] {
  return [
    { bootId: 1, bootType: 'harddisk', kernel: 'hd', description: 'Boot from the hard disk' },
    { bootId: 203323, bootType: 'rescue', kernel: 'ipxe-shell', description: 'iPXE shell' },
    { bootId: 46371, bootType: 'rescue', kernel: 'rescue-customer', description: 'Customer rescue system' },
    {
      bootId: 210000 + random.integer(80000),
      bootType: 'rescue',
      kernel: WINDOWS_RESCUE,
      description: 'Windows customer rescue system',
    },
    { bootId: 95083, bootType: 'power', kernel: 'poweroff', description: 'Power off' },
  ];
}
