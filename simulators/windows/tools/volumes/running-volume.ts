import type { VolumeView, WindowsHost } from '../../windows-host';

/**
 * The volume that the running system was started from: its letter on the disk that is marked as the system's own. None
 * where nothing runs from the disks, as with a customer's images.
 */
export async function runningVolume(host: WindowsHost): Promise<VolumeView | undefined> {
  const own = new Set((await host.disks()).filter(({ bootDisk }) => bootDisk).map(({ number }) => number));
  return (await host.volumes()).find(
    ({ letter, diskNumbers }) => letter === host.systemDrive && diskNumbers.some((number) => own.has(number)),
  );
}
