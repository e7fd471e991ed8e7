import { readdir, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildContext } from './recipe';

/**
 * Makes a FAT32 volume in a file and copies a directory into it, without a mount.
 * @param startSector where the volume will lie on its disk: the boot sector says so ("hidden sectors")
 */
export async function makeFatVolume(
  context: BuildContext,
  volume: { file: string; sizeBytes: number; startSector: number; label: string; content: string },
): Promise<void> {
  await writeFile(volume.file, '');
  await truncate(volume.file, volume.sizeBytes);
  // Clusters of 1 KiB, Windows' choice for a FAT32 volume of 100 MiB (general knowledge).
  await context.run('mkfs.fat', [
    ...['-F', '32', '-s', '2', '-h', String(volume.startSector), '-n', volume.label],
    volume.file,
  ]);
  const names = (await readdir(volume.content)).map((name) => path.join(volume.content, name));
  await context.run('mcopy', ['-s', '-Q', '-i', volume.file, ...names, '::/']);
}
