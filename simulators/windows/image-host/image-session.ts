import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { computerNameOf, windowsVersionOf } from '../../disk/registry';
import { diskFacts } from '../../vm';
import { type BlockDevice, LinuxWindowsHost, linuxBlockDevices, runCommand } from '../host';
import { type FileAccess, mountedFiles } from '../shell';
import type { WindowsHost } from '../windows-host';
import { FileGate } from './file-gate';
import { FileMounter } from './file-mounter';
import { findWindows, type InstalledWindows } from './find-windows';
import { type ImageDisk, openImage } from './image-disks';
import { requireDifferent } from './image-file';
import { ImageHost } from './image-host';
import { ImageVolumes } from './image-volumes';
import { lettersOfWindows } from './letters-of-windows';
import { StorageDaemon } from './storage-daemon';
import { volumeFiles } from './volume-files';
import { writeOnDemand } from './write-on-demand';

export interface ImageSessionOptions {
  /** Disk images in disk order, of any format that QEMU knows. */
  readonly images: readonly string[];
  /** Nothing on the images changes. */
  readonly readOnly: boolean;
  /** Dynamic disks are foreign, as they are to a rescue system; else they are the machine's own. */
  readonly foreign: boolean;
  /** An empty folder for files and mount points. */
  readonly folder: string;
  /** Hears of volumes that could not be served. */
  readonly warn: (sentence: string) => void;
}

/** Without a Windows on the disks: what Windows PE calls itself, in the version of the newest stand-in. */
const NO_WINDOWS = { hostName: 'MININT', version: '10.0.20348', systemDrive: 'X' };

/**
 * Disk images as the Windows on them would see them: disks numbered in their order, volumes with the letters that this
 * Windows gave them, its name and version. Needs FUSE, and the right to mount.
 */
export class ImageSession implements AsyncDisposable {
  private constructor(
    /** The Windows side of the disks. There is nothing to restart. */
    readonly host: WindowsHost,
    readonly files: FileAccess,
    readonly disks: readonly ImageDisk[],
    /** Every Windows that is installed on the disks; the first is the one whose letters and name are used. */
    readonly windows: readonly InstalledWindows[],
    private readonly owned: AsyncDisposableStack,
  ) {}

  static async open(options: ImageSessionOptions): Promise<ImageSession> {
    const { readOnly } = options;
    await using owned = new AsyncDisposableStack();
    await requireDifferent(options.images, backingOf, { readOnly });
    const [diskFolder, volumeFolder] = ['disks', 'volumes'].map((name) => join(options.folder, name)) as [
      string,
      string,
    ];
    for (const folder of [diskFolder, volumeFolder]) await mkdir(folder);
    const diskDaemon = owned.use(await StorageDaemon.start(diskFolder, { readOnly }));
    const disks: ImageDisk[] = [];
    for (const image of options.images) disks.push(await openImage(diskDaemon, image, { readOnly }));
    const volumeDaemon = owned.use(await StorageDaemon.start(volumeFolder, { readOnly }));

    const volumes = new ImageVolumes(disks, volumeDaemon, linuxBlockDevices, options.folder);
    const mounter = new FileMounter((path) => volumes.open(path));
    const live = await LinuxWindowsHost.start({
      devices: disks.map(({ file }) => ({ path: file, model: 'Disk image' })),
      sanPolicy: 'OnlineAll',
      ownsAllGroups: !options.foreign,
      readOnly,
      writeOnDemand: true,
      hostName: NO_WINDOWS.hostName,
      version: NO_WINDOWS.version,
      systemDrive: NO_WINDOWS.systemDrive,
      mountRoot: join(options.folder, 'mnt'),
      authenticate: async () => false,
      warn: options.warn,
      // The exported files write through, and the daemons flush the images when they end; only devices have a cache.
      run: async (command, args) =>
        command === 'sync' || command === 'blockdev' ? '' : runCommand(command, args),
      blockDevices: { open: (path) => volumes.open(path), partitionNode: () => undefined },
      volumeDevices: volumes,
      mounter,
    });
    owned.defer(() => live.close());
    const all = volumeFiles(live, mountedFiles(live), (mountPoint) => mounter.filesAt(mountPoint));
    const gate = new FileGate(writeOnDemand(all, (path) => allowWriting(live, path)));
    const { files } = gate;
    // Before the volumes are taken away: a signal may end the session in the middle of a command.
    owned.defer(() => gate.close());
    const windows = await findWindows(await live.volumes(), files);
    const host = await asTheWindows(live, windows[0]);
    return new ImageSession(host, files, disks, windows, owned.move());
  }

  /** The bytes of a disk, by its number. */
  openDisk(number: number): BlockDevice {
    const disk = this.disks[number];
    if (!disk) throw new RangeError(`There is no disk ${number}; ${this.disks.length} images are open.`);
    return linuxBlockDevices.open(disk.file);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.owned.disposeAsync();
  }
}

/** None where the image cannot be read: opening it says why. */
async function backingOf(image: string): Promise<readonly string[]> {
  const facts = await diskFacts(image).catch(() => undefined);
  return facts?.backing.map(({ path }) => path) ?? [];
}

async function allowWriting(live: LinuxWindowsHost, path: string): Promise<void> {
  const lower = path.toLowerCase();
  const volume = (await live.volumes()).find(
    ({ letter, devicePath }) =>
      (letter !== undefined && lower.startsWith(`${letter.toLowerCase()}:`)) ||
      lower === devicePath.toLowerCase() ||
      lower.startsWith(`${devicePath.toLowerCase()}\\`),
  );
  if (volume) await live.allowWriting(volume.number);
}

/** Gives the host the letters, the name and the version of the Windows on its disks. */
async function asTheWindows(
  live: LinuxWindowsHost,
  windows: InstalledWindows | undefined,
): Promise<WindowsHost> {
  const volumes = await live.volumes();
  const { system, software, volume } = windows ?? {};
  const letters = lettersOfWindows(volumes, volume && { volume, system });
  await live.setLetters(letters);
  const host = new ImageHost(live, windows);
  if (!volume) return host;
  host.hostName = (system && computerNameOf(system)) ?? NO_WINDOWS.hostName;
  host.version = (software && windowsVersionOf(software).version) ?? NO_WINDOWS.version;
  host.systemDrive = letters.get(volume.number) ?? NO_WINDOWS.systemDrive;
  return host;
}
