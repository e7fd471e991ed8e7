import { constants, copyFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createOverlay, type DiskDescription } from '../vm';

/** One disk of a server: a private copy of an image's disk, in the run's own folder. */
export interface ServerDisk {
  readonly id: string;
  readonly path: string;
  readonly format: 'qcow2' | 'raw';
  readonly serial: string;
}

/**
 * A private disk over an image's qcow2 disk; costs milliseconds and what the guest writes.
 * @param sizeBytes what the guest finds; default: the image's
 */
export async function overlayDisk(
  folder: string,
  id: string,
  base: string,
  sizeBytes?: number,
): Promise<ServerDisk> {
  const file = path.join(folder, `${id}.qcow2`);
  await createOverlay(base, file, {
    baseFormat: 'qcow2',
    ...(sizeBytes !== undefined && { sizeBytes }),
  });
  return { id, path: file, format: 'qcow2', serial: `RL-${id}`.slice(0, 20) };
}

/** A private copy of a small raw disk, which the lab can also write into while the server is off. */
export async function rawDisk(folder: string, id: string, source: string): Promise<ServerDisk> {
  const file = path.join(folder, `${id}.raw`);
  await copyFile(source, file, constants.COPYFILE_FICLONE);
  return { id, path: file, format: 'raw', serial: `RL-${id}`.slice(0, 20) };
}

/** A new disk with nothing on it. */
export async function blankDisk(folder: string, id: string, sizeBytes: number): Promise<ServerDisk> {
  const file = path.join(folder, `${id}.raw`);
  await writeFile(file, '');
  await truncate(file, sizeBytes);
  return { id, path: file, format: 'raw', serial: `RL-${id}`.slice(0, 20) };
}

export function describeDisk(disk: ServerDisk, trackReads: boolean): DiskDescription {
  return {
    id: disk.id,
    path: disk.path,
    format: disk.format,
    interface: 'virtio',
    serial: disk.serial,
    ...(trackReads ? { trackReads } : {}),
  };
}
