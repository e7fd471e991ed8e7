import { once } from 'node:events';
import { mkdir, rmdir } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { ntfs3gArguments, type VolumeMounter } from '../host';

/**
 * Mounts NTFS volumes that lie in files. There, other than for block devices, umount does not wait for ntfs-3g: a pipe
 * that it holds tells when it has written everything and ended.
 */
export function fileMounter(): VolumeMounter {
  const ended = new Map<string, Promise<unknown>>();
  return {
    async mount(device, mountPoint, readOnly) {
      await mkdir(mountPoint, { recursive: true });
      const daemon = execa('ntfs-3g', ntfs3gArguments(device, mountPoint, readOnly), {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
        buffer: false,
        reject: false,
      });
      let said = '';
      daemon.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      const pipe = daemon.stdio[3] as Readable;
      const end = once(pipe.resume(), 'end');
      const [code] = (await once(daemon.nodeChildProcess, 'exit')) as [number | null];
      if (code !== 0) {
        await rmdir(mountPoint);
        throw new Error(
          `ntfs-3g cannot mount the volume: ${said.trim().split('\n')[0] ?? `exit code ${code}`}`,
        );
      }
      ended.set(mountPoint, end);
    },
    async unmount(mountPoint) {
      await execa('umount', [mountPoint]);
      await ended.get(mountPoint);
      ended.delete(mountPoint);
      await rmdir(mountPoint);
    },
  };
}
