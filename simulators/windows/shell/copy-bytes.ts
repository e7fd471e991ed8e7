import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Copies a file's bytes. Node.js sets permissions too, which drivers that know none, such as fusefat, refuse. */
export async function copyBytes(source: string, target: string): Promise<void> {
  try {
    await copyFile(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSYS') throw error;
    await pipeline(createReadStream(source), createWriteStream(target));
  }
}
