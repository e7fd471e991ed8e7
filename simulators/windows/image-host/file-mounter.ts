import { once } from 'node:events';
import { mkdir, rmdir } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { ntfs3gArguments, refuseOpenFiles, type VolumeMounter } from '../host';

type Driver = (
  device: string,
  mountPoint: string,
  readOnly: boolean,
) => [program: string, ...words: string[]];

const ntfs: Driver = (...volume) => ['ntfs-3g', ...ntfs3gArguments(...volume)];
/** EFI system partitions. fusefat calls writing experimental, and asks for the plus sign. */
const fat: Driver = (device, mountPoint, readOnly) => [
  'fusefat',
  '-o',
  readOnly ? 'ro' : 'rw+',
  device,
  mountPoint,
];
const drivers: ReadonlyMap<string, Driver> = new Map([
  ['NTFS', ntfs],
  ['FAT32', fat],
  ['FAT', fat],
]);

/** Ctrl-C goes to the whole process group of a terminal: it shall not stop what brings the writing to its end. */
const AWAY_FROM_TERMINAL = { detached: true } as const;

/**
 * Mounts volumes that lie in files, with FUSE drivers. There, other than for block devices, umount does not wait for the
 * driver: a pipe that it holds tells when it has written everything and ended.
 */
export function fileMounter(): VolumeMounter {
  const ended = new Map<string, Promise<unknown>>();
  return {
    fileSystems: new Set(drivers.keys()),
    async mount({ device, fileSystem }, mountPoint, readOnly) {
      const driver = drivers.get(fileSystem);
      if (!driver) throw new Error(`There is no driver for ${fileSystem} volumes in files.`);
      await mkdir(mountPoint, { recursive: true });
      const [program, ...words] = driver(device, mountPoint, readOnly);
      const daemon = execa(program, words, {
        ...AWAY_FROM_TERMINAL,
        stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
        buffer: false,
        reject: false,
      });
      let said = '';
      daemon.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      const end = once((daemon.stdio[3] as Readable).resume(), 'end');
      const [code] = (await once(daemon.nodeChildProcess, 'exit')) as [number | null];
      if (code !== 0) {
        await rmdir(mountPoint);
        throw new Error(
          `${program} cannot mount the volume: ${said.trim().split('\n')[0] || `exit code ${code}`}.`,
        );
      }
      ended.set(mountPoint, end);
    },
    async unmount(mountPoint) {
      await refuseOpenFiles(mountPoint, execa('umount', [mountPoint], AWAY_FROM_TERMINAL));
      await ended.get(mountPoint);
      ended.delete(mountPoint);
      await rmdir(mountPoint);
    },
  };
}
