import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionSource } from './http-session';
import { parseMetaData } from './session-document';

/** Places where a file system keeps its label: ISO 9660's primary descriptor, FAT12/16 and FAT32 boot sectors. */
const labelPlaces = [
  { offset: 0x8028, length: 32 },
  { offset: 0x2b, length: 11 },
  { offset: 0x47, length: 11 },
] as const;

async function hasLabel(device: string): Promise<boolean> {
  const file = await open(device, 'r').catch(() => undefined);
  if (!file) return false;
  try {
    for (const { offset, length } of labelPlaces) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
      if (/^config-2$/i.test(buffer.toString('latin1', 0, bytesRead).replace(/[ \0]+$/, ''))) return true;
    }
    return false;
  } catch {
    // An empty CD drive, for one.
    return false;
  } finally {
    await file.close();
  }
}

/** The block device labelled `config-2` (OpenStack's config drive), or undefined. */
export async function findConfigDrive(sysfs = '/sys/block', devices = '/dev'): Promise<string | undefined> {
  const names = await readdir(sysfs).catch(() => []);
  for (const name of names.filter((one) => /^(sr|vd|sd|hd)/.test(one)).sort()) {
    const device = join(devices, name);
    if (await hasLabel(device)) return device;
  }
  return undefined;
}

export interface ConfigDriveOptions {
  readonly device: string;
  readonly mountPoint: string;
  readonly run: (command: string, args: readonly string[]) => Promise<string>;
  /** Asks the metadata service first; resolves with the cloud's time, or undefined where nobody tells it. */
  readonly askService: (signal: AbortSignal, onWaiting: () => Promise<void>) => Promise<Date | undefined>;
}

/** Reads `openstack/latest/meta_data.json`; nobody is told that it worked, as with a real config drive. */
export function configDriveSession(options: ConfigDriveOptions): SessionSource {
  const { device, mountPoint, run, askService } = options;
  return {
    async next(signal, onWaiting) {
      const time = await askService(signal, onWaiting);
      await mkdir(mountPoint, { recursive: true });
      await run('mount', ['-o', 'ro', device, mountPoint]);
      try {
        const text = await readFile(join(mountPoint, 'openstack/latest/meta_data.json'), 'utf8');
        return { ...parseMetaData(text), time };
      } finally {
        await run('umount', [mountPoint]);
      }
    },
    ready: async () => {},
  };
}
