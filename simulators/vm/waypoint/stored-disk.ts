import { randomUUID } from 'node:crypto';
import { link } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { diskFacts } from '../disks/disk-facts';
import { qemuImg } from '../disks/qemu-img';
import { moveFile } from './move-file';

/**
 * Moves a disk into a waypoint's folder. When it stands on the disk of another waypoint (it was forked from
 * there), the images below come along as hard links, so that each waypoint stands on its own; images
 * outside of the waypoint store (`storeDirectory`) are referred to where they are.
 * Gives back the file's name in the folder.
 */
export async function storeDisk(
  { id, path }: { readonly id: string; readonly path: string },
  folder: string,
  storeDirectory: string,
): Promise<{ file: string; format: 'qcow2' | 'raw' }> {
  const { format, backing } = await diskFacts(path);
  if (format !== 'qcow2' && format !== 'raw') {
    throw new Error(`The disk ${path} has the format ${format}; a waypoint keeps qcow2 and raw ones.`);
  }
  const inStore = backing.filter(
    (image) => dirname(dirname(resolve(image.path))) === resolve(storeDirectory),
  );
  for (const image of inStore) await link(image.path, join(folder, basename(image.path)));
  const [below] = backing;
  if (below && inStore.includes(below)) {
    // By name only: the same file lies beside it from now on, in every folder that links to it.
    await qemuImg('rebase', '-u', '-f', 'qcow2', '-F', below.format, '-b', basename(below.path), path);
  }
  // A name that no other waypoint has, for those links.
  const file = `${id}-${randomUUID()}.${format}`;
  await moveFile(path, join(folder, file));
  return { file, format };
}
