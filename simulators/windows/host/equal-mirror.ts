import { DiskFormatError } from '../../disk/bytes';
import type { Patch } from '../../disk/mbr';
import { mirrorPatches } from '../../disk/ntfs';
import type { BlockDevice } from './host-options';

/**
 * Lets a program of ntfs-3g's look at a volume that nobody uses. Where it refuses because the power went between a change
 * of $MFT and that of its mirror, both are made equal, as NTFS of Windows does when it mounts, and it looks again.
 * @param open opens the volume for writing; false where nothing may be written
 * @throws what `look` threw
 */
export async function withEqualMirror<T>(
  open: false | (() => BlockDevice),
  look: () => Promise<T>,
): Promise<T> {
  try {
    return await look();
  } catch (refusal) {
    if (!open) throw refusal;
    const volume = open();
    const patches = patchesOf(volume);
    if (patches.length === 0) throw refusal;
    volume.write(patches);
    return look();
  }
}

function patchesOf(volume: BlockDevice): Patch[] {
  try {
    return mirrorPatches(volume);
  } catch (error) {
    if (error instanceof DiskFormatError) return [];
    throw error;
  }
}
