import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Brings what was just written to the disk. Windows writes behind; the stand-in does not (our choice), so that whoever
 * looks at the disk from outside sees what the customer did, and a power cut loses nothing that was acknowledged.
 */
export async function settle(path: string): Promise<void> {
  const file = await fs.open(path, 'r');
  try {
    // A file system that cannot sync folders has written them by then.
    await file.sync().catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOSYS' && error.code !== 'EINVAL') throw error;
    });
  } finally {
    await file.close();
  }
}

/** Writes a synced temporary file beside `target` and renames it over it; the folder is synced as well. */
export async function replaceFile(target: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(target), `${basename(target)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    const file = await fs.open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(temporary, target);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
  const folder = await fs.open(dirname(target), 'r');
  try {
    // FUSE file systems may not know how to sync a folder; the rename itself has happened by then.
    await folder.sync().catch(() => undefined);
  } finally {
    await folder.close();
  }
}
