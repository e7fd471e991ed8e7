import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFile } from './settle';

/**
 * Writes a synced temporary file beside `target` and renames it over it; the folder is synced as well. Programs see the old
 * file or the new one. A power cut can leave neither under the name: ntfs-3g and FAT replace a name in several writes.
 */
export async function replaceFile(target: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(target), `${basename(target)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    const file = await fs.open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await syncFile(file);
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
