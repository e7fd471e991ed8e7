import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { MirroredVolume } from '../../images';
import { readDiskBytes, type ServerDisk, writeDiskBytes } from '../server';

/**
 * Puts a file into the root of the mirrored volume of a server that is off, on both halves. ntfscp writes it: the
 * stand-in's own code has no part in it.
 */
export async function placeFileOnMirror(
  disks: readonly ServerDisk[],
  volume: MirroredVolume,
  name: string,
  content: string,
): Promise<void> {
  await inVolumeFile(disks, volume, 0, async (file, folder) => {
    const source = path.join(folder, 'content');
    await writeFile(source, content);
    await execa('ntfscp', ['--force', '--quiet', file, source, `/${name}`]);
    const bytes = await readFile(file);
    for (const copy of volume.copies) {
      await writeDiskBytes(disks[copy.disk]!, copy.offsetBytes, bytes);
    }
  });
}

/** Reads a file from one half of the mirror, from outside, with ntfscat. */
export async function readFileFromMirrorHalf(
  disks: readonly ServerDisk[],
  volume: MirroredVolume,
  half: number,
  name: string,
): Promise<string> {
  return inVolumeFile(disks, volume, half, async (file) => {
    const { stdout } = await execa('ntfscat', ['--force', '--quiet', file, `/${name}`]);
    return stdout;
  });
}

async function inVolumeFile<Result>(
  disks: readonly ServerDisk[],
  volume: MirroredVolume,
  half: number,
  use: (file: string, folder: string) => Promise<Result>,
): Promise<Result> {
  const copy = volume.copies[half]!;
  // In the session's folder, which goes with the session however that ends.
  const folder = await mkdtemp(path.join(path.dirname(disks[copy.disk]!.path), 'mirror-'));
  try {
    const file = path.join(folder, 'volume.ntfs');
    await writeFile(file, await readDiskBytes(disks[copy.disk]!, copy.offsetBytes, volume.sizeBytes));
    return await use(file, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
