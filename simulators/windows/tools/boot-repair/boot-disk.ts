import type { BootFirmware } from '../../../disk/bcd';
import { parseMbr } from '../../../disk/mbr';
import type { FileAccess } from '../../shell';
import type { DiskView, VolumeView, WindowsHost } from '../../windows-host';

/** The disk that the repaired machine starts from. */
export interface BootDisk {
  readonly disk: DiskView;
  readonly firmware: BootFirmware;
  /** The volume with the boot manager: the active partition, or that with `\EFI\Microsoft\Boot`. */
  readonly systemVolume: VolumeView | undefined;
}

interface Machine {
  readonly host: WindowsHost;
  readonly files: FileAccess;
}

/**
 * The disk that the repair tools mean where nothing is named. A recovery environment runs from memory and all disks are
 * the patient's; here the rescue system has a disk of its own. So the first online disk with a system volume counts that
 * is not the running system's, and that one only where no other is there (our choice).
 */
export async function findBootDisk(machine: Machine): Promise<BootDisk | undefined> {
  const disks = (await machine.host.disks()).filter(({ status }) => status === 'Online');
  const candidates = [...disks.filter((disk) => !disk.bootDisk), ...disks.filter((disk) => disk.bootDisk)];
  const found: BootDisk[] = [];
  for (const disk of candidates) found.push(await bootDiskOf(machine, disk));
  return found.find(({ systemVolume }) => systemVolume !== undefined) ?? found[0];
}

/** What a disk says about how it is started. */
export async function bootDiskOf({ host, files }: Machine, disk: DiskView): Promise<BootDisk> {
  const volumes = (await host.volumes()).filter(({ diskNumbers }) => diskNumbers.includes(disk.number));
  if (disk.style === 'gpt') {
    // One without boot files is known by its file system: an EFI system partition is FAT (our choice; not by its type).
    const systemVolume =
      (await withFolder(files, volumes, 'EFI\\Microsoft\\Boot')) ??
      volumes.find(({ fileSystem }) => fileSystem.startsWith('FAT'));
    return { disk, firmware: 'UEFI', systemVolume };
  }
  const offsetBytes = await activeOffset(host, disk);
  const systemVolume = volumes.find(
    ({ location }) => location.style === 'mbr' && location.offsetBytes === offsetBytes,
  );
  return { disk, firmware: 'BIOS', systemVolume };
}

/** First byte of the active partition; undefined without one, or without a table that can be read. */
async function activeOffset(host: WindowsHost, disk: DiskView): Promise<number | undefined> {
  if (disk.style !== 'mbr') return undefined;
  const sector = await host.readDisk(disk.number, 0, 512);
  try {
    const active = parseMbr(sector)?.partitions.find((partition) => partition.active);
    return active && active.startSector * 512;
  } catch (error) {
    // A table that contradicts itself has no active partition to speak of.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

async function withFolder(
  files: FileAccess,
  volumes: readonly VolumeView[],
  folder: string,
): Promise<VolumeView | undefined> {
  for (const volume of volumes) {
    const found = await files.stat(`${volume.devicePath}\\${folder}`).catch(() => undefined);
    if (found?.folder) return volume;
  }
  return undefined;
}
