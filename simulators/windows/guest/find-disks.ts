import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The machine's disks as the Windows side numbers them. */
export interface FoundDisks {
  /** Device paths; the running system's disk is the first. */
  readonly disks: readonly string[];
  /** Where on it the system drive starts, in bytes. */
  readonly systemOffsetBytes: number;
}

const read = async (path: string): Promise<string> => (await readFile(path, 'utf8').catch(() => '')).trim();

/** Layers of the userland that the rescue system's host attaches as disks: no business of Windows'. */
const layerSerial = /^standin-/;

/**
 * Finds the disk that holds the mounted system drive, and all others in the order of their names.
 * @param root where `proc`, `sys` and `dev` stand; for tests.
 */
export async function findDisks(mountPoint: string, root = '/'): Promise<FoundDisks> {
  const mounts = await read(join(root, 'proc/mounts'));
  const device = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .find(([source, target]) => target === mountPoint && source?.startsWith('/dev/'))?.[0];
  if (device === undefined) {
    throw new Error(`No device is mounted at ${mountPoint}, where the system drive should be.`);
  }
  const partition = await realpath(join(root, 'sys/class/block', basename(device)));
  const startSector = Number(await read(join(partition, 'start')));
  if (!Number.isSafeInteger(startSector) || startSector === 0) {
    throw new Error(
      `${device} is mounted at ${mountPoint} and is no partition: the kernel gives it no start.`,
    );
  }
  const systemDisk = basename(dirname(partition));
  const others: string[] = [];
  for (const name of (await readdir(join(root, 'sys/block'))).sort()) {
    if (!/^(vd|sd|hd|nvme)/.test(name) || name === systemDisk) continue;
    const folder = join(root, 'sys/block', name);
    const serial = (await read(join(folder, 'serial'))) || (await read(join(folder, 'device/serial')));
    if (layerSerial.test(serial) || Number(await read(join(folder, 'size'))) === 0) continue;
    others.push(`/dev/${name}`);
  }
  return { disks: [`/dev/${systemDisk}`, ...others], systemOffsetBytes: startSector * 512 };
}
