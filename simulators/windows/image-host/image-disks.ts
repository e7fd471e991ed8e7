import { access, constants, stat } from 'node:fs/promises';
import { diskFacts } from '../../vm';
import type { BlockNode, ExportedFile, StorageDaemon } from './storage-daemon';

/** A disk image, open: its bytes as a plain file, and how QEMU reads a part of it. */
export interface ImageDisk {
  /** The path as it was given. */
  readonly image: string;
  readonly format: string;
  /** The whole disk as a file. */
  readonly file: string;
  readonly sizeBytes: number;
  /** A node for a second reader of the same disk. */
  readonly again: BlockNode;
}

/** Opens an image of any format that QEMU knows and holds its lock, so that no machine runs from it meanwhile. */
export async function openImage(
  daemon: StorageDaemon,
  image: string,
  { readOnly }: { readonly readOnly: boolean },
): Promise<ImageDisk> {
  await requireFile(image, readOnly);
  const { format, virtualSize } = await diskFacts(image).catch((cause: unknown) => {
    throw new Error(`${image} is no disk image that QEMU can read: ${(cause as Error).message}`, { cause });
  });
  let exported: ExportedFile;
  try {
    exported = await daemon.export({
      driver: format,
      // Two users of a raw image may share it, as far as QEMU is concerned, unless its size is given.
      ...(format === 'raw' && { size: virtualSize }),
      file: { driver: 'file', filename: image },
    });
  } catch (cause) {
    const { message } = cause as Error;
    const why = / lock$/.test(message)
      ? `is in use, by a machine or by another command (${message}). Wait until that has ended.`
      : `cannot be opened: ${message}`;
    throw new Error(`The disk image ${image} ${why}`, { cause });
  }
  // A raw image is read directly: one way through FUSE less. The lock is held already.
  const filename = format === 'raw' ? image : exported.path;
  return {
    image,
    format,
    file: exported.path,
    sizeBytes: virtualSize,
    again: { driver: 'file', filename, locking: 'off' },
  };
}

async function requireFile(image: string, readOnly: boolean): Promise<void> {
  const facts = await stat(image).catch(() => undefined);
  if (!facts) throw new Error(`There is no disk image ${image}. Give the path of a file.`);
  if (facts.isDirectory()) throw new Error(`${image} is a folder. Give the path of a disk image.`);
  await access(image, constants.R_OK).catch((cause: unknown) => {
    throw new Error(`You may not read ${image}.`, { cause });
  });
  if (readOnly) return;
  const writable = await access(image, constants.W_OK).then(
    () => true,
    () => false,
  );
  // Root may write whatever the mode says, also root of a user namespace; who took all rights away means it.
  if (!writable || (facts.mode & 0o222) === 0)
    throw new Error(`You may not write ${image}. To only look at it, add --read-only.`);
}
