import type { BlockDevice } from '../../host';
import type { FileAccess } from '../../shell';
import { fatFiles } from './fat-files';
import { FatVolume } from './fat-volume';

export type { FatVolume };

/** Opens a FAT volume on its device. Throws where it is none that can be read. */
export async function openFat(
  device: BlockDevice,
  options: { readonly readOnly: boolean },
): Promise<{ readonly volume: FatVolume; readonly files: FileAccess }> {
  const volume = await FatVolume.open(device, options);
  return { volume, files: fatFiles(volume) };
}
