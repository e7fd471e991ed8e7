import { type DiskFacts, diskFacts } from '../../vm';
import { hasLargeSectors, isBlockDevice, requireImage } from './image-file';
import type { BlockNode, ExportedFile, StorageDaemon } from './storage-daemon';
import { fixedVhdBytes } from './virtual-hard-disk';

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

/**
 * Opens an image of any format that QEMU knows, or a block device, and holds its lock, so that no machine runs from it
 * meanwhile. Throws a sentence where that is not possible.
 */
export async function openImage(
  daemon: StorageDaemon,
  image: string,
  { readOnly }: { readonly readOnly: boolean },
): Promise<ImageDisk> {
  await requireImage(image, { readOnly });
  const facts = await diskFacts(image).catch((cause: unknown) => {
    throw new Error(`${image} is no disk image that QEMU can read: ${(cause as Error).message}`, { cause });
  });
  if (!readOnly) requireWritableFormat(facts);
  const raw = facts.format === 'raw';
  const fixedVhd = raw ? await fixedVhdBytes(image, facts.virtualSize) : undefined;
  const sizeBytes = fixedVhd ?? facts.virtualSize;
  const driver = (await isBlockDevice(image)) ? 'host_device' : 'file';
  let exported: ExportedFile;
  try {
    exported = await daemon.export({
      driver: facts.format,
      // Two users of a raw image may share it, as far as QEMU is concerned, unless its size is given.
      ...(raw && { size: sizeBytes }),
      file: { driver, filename: image },
    });
  } catch (cause) {
    const { message } = cause as Error;
    const why = / lock$/.test(message)
      ? `is in use, by a machine or by another command (${message}). Wait until that has ended.`
      : `cannot be opened: ${message}`;
    throw new Error(`The disk image ${image} ${why}`, { cause });
  }
  if (await hasLargeSectors(exported.path)) {
    throw new Error(
      `The disk image ${image} has a partition table for sectors of 4096 bytes. The tools know sectors of 512 bytes only.`,
    );
  }
  return {
    image,
    format: fixedVhd === undefined ? facts.format : 'vpc',
    file: exported.path,
    sizeBytes,
    // A raw image is read directly: one way through FUSE less. The lock is held already.
    again: raw
      ? { driver, filename: image, locking: 'off' }
      : { driver: 'file', filename: exported.path, locking: 'off' },
  };
}

function requireWritableFormat({ path, createType }: DiskFacts): void {
  if (createType !== 'streamOptimized') return;
  throw new Error(
    `${path} is a stream-optimized VMDK, which cannot be changed. To only look at it, add --read-only; ` +
      'else make a copy with qemu-img convert -O qcow2.',
  );
}
