import { once } from 'node:events';
import { mkdir, rmdir } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { type BlockDevice, ntfs3gArguments, refuseOpenFiles, type VolumeMounter } from '../host';
import type { FileAccess } from '../shell';
import { type FatVolume, openFat } from './fat';

const FAT: ReadonlySet<string> = new Set(['FAT', 'FAT32']);

interface OpenFat {
  readonly volume: FatVolume;
  readonly files: FileAccess;
}

/** Ctrl-C goes to the whole process group of a terminal: it shall not stop what brings the writing to its end. */
const AWAY_FROM_TERMINAL = { detached: true } as const;

/**
 * Mounts volumes that lie in files. For NTFS with ntfs-3g: there, other than for block devices, umount does not wait for
 * the driver; a pipe that it holds tells when it has written everything and ended. A FAT volume stays in this process
 * and has a file access of its own under its mount point, for Debian has no FUSE driver that writes FAT well.
 */
export class FileMounter implements VolumeMounter {
  readonly fileSystems: ReadonlySet<string> = new Set(['NTFS', ...FAT]);
  readonly #ended = new Map<string, Promise<unknown>>();
  readonly #fat = new Map<string, OpenFat>();

  constructor(private readonly openDevice: (path: string) => BlockDevice) {}

  /** The files of a volume that no driver brings into the file system. */
  filesAt(mountPoint: string): FileAccess | undefined {
    return this.#fat.get(mountPoint)?.files;
  }

  async mount(
    { device, fileSystem }: { readonly device: string; readonly fileSystem: string },
    mountPoint: string,
    readOnly: boolean,
  ): Promise<void> {
    if (!FAT.has(fileSystem)) return this.#mountNtfs(device, mountPoint, readOnly);
    this.#fat.set(mountPoint, await openFat(this.openDevice(device), { readOnly }));
  }

  async unmount(mountPoint: string): Promise<void> {
    const fat = this.#fat.get(mountPoint);
    if (fat) {
      fat.volume.close();
      this.#fat.delete(mountPoint);
      return;
    }
    await refuseOpenFiles(mountPoint, execa('umount', [mountPoint], AWAY_FROM_TERMINAL));
    await this.#ended.get(mountPoint);
    this.#ended.delete(mountPoint);
    await rmdir(mountPoint);
  }

  async #mountNtfs(device: string, mountPoint: string, readOnly: boolean): Promise<void> {
    await mkdir(mountPoint, { recursive: true });
    const daemon = execa('ntfs-3g', ntfs3gArguments(device, mountPoint, readOnly), {
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
        `ntfs-3g cannot mount the volume: ${said.trim().split('\n')[0] || `exit code ${code}`}.`,
      );
    }
    this.#ended.set(mountPoint, end);
  }
}
