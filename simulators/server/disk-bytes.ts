import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { ServerDisk } from './server-disk';

/**
 * Reads bytes of a disk from outside, also while a machine runs from it: what the guest has flushed is there.
 * @param offset multiple of 512
 * @param length multiple of 512
 */
export async function readDiskBytes(disk: ServerDisk, offset: number, length: number): Promise<Buffer> {
  const folder = await mkdtemp(`${disk.path}.bytes-`);
  try {
    const file = path.join(folder, 'bytes');
    const block = [1024 * 1024, 4096, 512].find((size) => offset % size === 0 && length % size === 0);
    if (block === undefined) {
      throw new RangeError(`Disk bytes are read in whole sectors; ${length} bytes at ${offset} are not.`);
    }
    await execa('qemu-img', [
      ...['dd', '-U', '-f', disk.format, '-O', 'raw', `bs=${block}`, `skip=${offset / block}`],
      ...[`count=${(offset + length) / block}`, `if=${disk.path}`, `of=${file}`],
    ]);
    const bytes = await readFile(file);
    return bytes.subarray(0, length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes bytes into the disk of a server that is off; the lab's own set-up call, no door of the customer's. */
export async function writeDiskBytes(disk: ServerDisk, offset: number, bytes: Uint8Array): Promise<void> {
  if (disk.format === 'raw') {
    const file = await open(disk.path, 'r+');
    try {
      await file.write(bytes, 0, bytes.length, offset);
    } finally {
      await file.close();
    }
    return;
  }
  const pattern = `${disk.path}.pattern`;
  await writeFile(pattern, bytes);
  try {
    const { stdout } = await execa('qemu-io', [
      '-f',
      disk.format,
      '-c',
      `write -s ${pattern} ${offset} ${bytes.length}`,
      disk.path,
    ]);
    if (!stdout.includes(`wrote ${bytes.length}/${bytes.length} bytes`)) {
      throw new Error(
        `Failed to write ${bytes.length} bytes at ${offset} of ${disk.path}: ${stdout}. Is the server off?`,
      );
    }
  } finally {
    await rm(pattern, { force: true });
  }
}
