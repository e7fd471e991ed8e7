import * as fs from 'node:fs/promises';

/**
 * Brings what was just written to the disk. Windows writes behind; the stand-in does not (our choice), so that whoever
 * looks at the disk from outside sees what the customer did, and a power cut loses nothing that was acknowledged.
 */
export async function settle(path: string): Promise<void> {
  const file = await fs.open(path, 'r');
  try {
    await syncFile(file);
  } finally {
    await file.close();
  }
}

/** A file system that cannot sync what it was asked to has written it by then. */
export async function syncFile(file: fs.FileHandle): Promise<void> {
  await file.sync().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOSYS' && error.code !== 'EINVAL') throw error;
  });
}
