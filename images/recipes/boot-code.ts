import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { assembleDiskCode, assembleVolumeCode, type BootSectorLoader } from '../boot-sectors';
import { makeBiosCore } from '../grub';
import type { BuildContext, Recipe } from '../recipe';

/** What BIOS firmware starts: boot sectors with the core behind them. The same on all disks. */
export const bootCode: Recipe = {
  name: 'boot-code',
  summary: "boot sectors and GRUB's core",
  needs: [],
  sources: [
    'images/recipes/boot-code.ts',
    'images/boot-sectors.ts',
    'images/grub.ts',
    'images/linux.ts',
    'images/files/disk-boot-code.S',
    'images/files/volume-boot-code.S',
  ],
  parameters: {},
  async build(context) {
    const write = (name: string, bytes: Uint8Array) => writeFile(path.join(context.out, name), bytes);
    await write('disk.bin', await assembleDiskCode(context));
    await write('core.bin', await makeBiosCore(context));
    for (const loader of ['BOOTMGR', 'NTLDR'] as const) {
      await write(`volume-${loader}.bin`, await assembleVolumeCode(context, loader));
    }
  },
};

/** Files of the image, for a recipe that needs it. */
export function bootCodeFiles(context: BuildContext) {
  const file = (name: string) => path.join(context.image(bootCode), name);
  return {
    /** Boot code of an MBR disk. */
    disk: file('disk.bin'),
    /** What lies behind it from `CORE_SECTOR` on. */
    core: file('core.bin'),
    /** A boot sector for an NTFS volume. */
    volume: (loader: BootSectorLoader) => file(`volume-${loader}.bin`),
  };
}
