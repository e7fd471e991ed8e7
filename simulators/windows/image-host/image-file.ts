import { access, constants, open, stat } from 'node:fs/promises';
import { hasAscii } from '../../disk/bytes';

const LARGE_SECTOR_BYTES = 4096;
const SECTOR_BYTES = 512;
const GPT_SIGNATURE = 'EFI PART';

/** Throws a sentence where this is nothing that may be opened as a disk image. */
export async function requireImage(
  image: string,
  { readOnly }: { readonly readOnly: boolean },
): Promise<void> {
  const facts = await stat(image).catch(() => undefined);
  if (!facts) throw new Error(`There is no disk image ${image}. Give the path of a file.`);
  if (facts.isDirectory()) throw new Error(`${image} is a folder. Give the path of a disk image.`);
  if (!facts.isFile() && !facts.isBlockDevice())
    throw new Error(`${image} is neither a file nor a block device. Give the path of a disk image.`);
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
  if (facts.isBlockDevice()) await requireUnusedDevice(image);
}

/** open(2): with O_EXCL a block device is refused that is mounted, or whose partitions are. */
async function requireUnusedDevice(device: string): Promise<void> {
  const file = await open(device, constants.O_RDONLY | constants.O_EXCL).catch((cause: unknown) => {
    throw new Error(
      `The block device ${device} is in use by this machine. Unmount what is on it; to only look at it, add --read-only.`,
      { cause },
    );
  });
  await file.close();
}

export async function isBlockDevice(path: string): Promise<boolean> {
  return (await stat(path)).isBlockDevice();
}

/**
 * Throws a sentence where two of the images are the same file, or where one that is to be written stands below another.
 * @param backing the images that each one stands on
 */
export async function requireDifferent(
  images: readonly string[],
  backing: (image: string) => Promise<readonly string[]>,
  { readOnly }: { readonly readOnly: boolean },
): Promise<void> {
  if (images.length < 2) return;
  const seen = new Map<string, string>();
  for (const image of images) {
    const key = await identityOf(image);
    const before = key === undefined ? undefined : seen.get(key);
    if (before !== undefined) {
      const what = before === image ? image : `${before}, by another name: ${image}`;
      throw new Error(`The same disk image is given twice: ${what}. Give each disk once.`);
    }
    if (key !== undefined) seen.set(key, image);
  }
  if (readOnly) return;
  for (const image of images) {
    for (const below of await backing(image)) {
      const given = seen.get((await identityOf(below)) ?? '');
      if (given === undefined) continue;
      throw new Error(
        `${image} stands on ${given}, which is given too: a change there would destroy it. To only look at both, add --read-only.`,
      );
    }
  }
}

/** What is the same for all names of a file; undefined where it is not there. */
async function identityOf(path: string): Promise<string | undefined> {
  const facts = await stat(path).catch(() => undefined);
  return facts && `${facts.dev} ${facts.ino}`;
}

/** Whether the disk has a GPT, as only disks with sectors of 4 KiB have it. @param disk its bytes as a file */
export async function hasLargeSectors(disk: string): Promise<boolean> {
  const file = await open(disk, 'r');
  try {
    const bytes = new Uint8Array(LARGE_SECTOR_BYTES + GPT_SIGNATURE.length);
    await file.read(bytes, 0, bytes.length, 0);
    return (
      hasAscii(bytes, LARGE_SECTOR_BYTES, GPT_SIGNATURE) && !hasAscii(bytes, SECTOR_BYTES, GPT_SIGNATURE)
    );
  } finally {
    await file.close();
  }
}
