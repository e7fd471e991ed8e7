import { rename, rm } from 'node:fs/promises';
import { execa } from 'execa';

/** Renames; across file systems copies, keeping holes, and removes the original. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFileSparsely(from, to);
    await rm(from);
  }
}

/** A copy that shares blocks where the file system can, and keeps holes where it cannot (Node's copy does not). */
export async function copyFileSparsely(from: string, to: string): Promise<void> {
  await execa('cp', ['--reflink=auto', '--sparse=always', '--', from, to]);
}
