import { RenamableHost } from '../renamable-host';
import { type DiskView, type VolumeView, type WindowsHost, WindowsHostError } from '../windows-host';
import type { InstalledWindows } from './find-windows';

const NOT_RUNNING =
  'No Windows runs from these disk images, so there is nothing to restart or to switch off.';

/** The host as the Windows on its disks sees it: its own volume is the boot volume, and nothing can be restarted. */
export class ImageHost extends RenamableHost {
  constructor(
    host: WindowsHost,
    private readonly windows: InstalledWindows | undefined,
  ) {
    super(host);
  }

  /** None of the disks is that of the running system: tools may repair how any of them starts. */
  override async disks(): Promise<readonly DiskView[]> {
    return (await super.disks()).map((disk) => ({ ...disk, bootDisk: false }));
  }

  override async volumes(): Promise<readonly VolumeView[]> {
    const own = this.windows?.volume.devicePath;
    return (await super.volumes()).map((volume) =>
      volume.devicePath === own && volume.info === '' ? { ...volume, info: 'Boot' } : volume,
    );
  }

  override async restart(): Promise<void> {
    throw new WindowsHostError('not-supported', NOT_RUNNING);
  }

  override async shutdown(): Promise<void> {
    throw new WindowsHostError('not-supported', NOT_RUNNING);
  }
}
