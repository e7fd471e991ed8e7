import type { Random } from '../random';
import type { NovaFlavor } from './flavor';
import type { NovaImage } from './image/image';

const GIBIBYTE = 2 ** 30;

/** One flavor like those of the guides' screenshots: a Windows server with a 40 GB system disk. */
export const DEFAULT_FLAVORS: readonly NovaFlavor[] = [
  {
    id: 'general1-2',
    name: '2 GB General Purpose',
    ram: 2048,
    vcpus: 2,
    disk: 40,
    ephemeral: 0,
    swap: 0,
    extraSpecs: {},
  },
];

/** The stock image that servers, and their rescue systems, are made from. `created` in epoch milliseconds. */
export function defaultImages(random: Random, created: number): NovaImage[] {
  return [
    {
      id: random.uuid(),
      name: 'Windows Server (stand-in)',
      size: 4 * GIBIBYTE,
      minDisk: 40,
      minRam: 2048,
      created,
      properties: { os_type: 'windows', hw_disk_bus: 'virtio' },
    },
  ];
}
