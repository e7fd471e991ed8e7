import { DiskFormatError, decodeLatin1 } from '../../../disk/bytes';
import { hasTableMark, SECTOR_BYTES } from '../../../disk/mbr';
import {
  BOOT_FILE_BYTES,
  bootCodePatches,
  isNtfsBootSector,
  type NtfsBootSector,
  parseNtfsBootSector,
} from '../../../disk/ntfs';
import { type VolumeView, type WindowsHost, WindowsHostError } from '../../windows-host';
import { BootRepairFailure, reasons } from './failure';

/** Where the boot code follows the parameter block in the first sector, and where it ends. */
const CODE = { start: 0x54, end: 0x1fe } as const;

/** Which loader the code looks for: `BOOTMGR` since Vista, `NTLDR` before. */
export type BootLoader = 'BOOTMGR' | 'NTLDR';

/**
 * Writes the boot code of an NTFS volume anew, and the copy of its boot sector; its parameter block stays. The code is that of another NTFS volume on the
 * attached disks, since every volume that was formatted carries it, or else of the volume itself (the real tools carry
 * Microsoft's code with them).
 * @throws BootRepairFailure where the volume is no NTFS, or where no such code is attached.
 */
export async function writeVolumeCode(
  host: WindowsHost,
  volume: VolumeView,
  loader: BootLoader,
): Promise<void> {
  const before = await host.readVolume(volume.number, 0, BOOT_FILE_BYTES);
  const sector = parseBootSector(before);
  const source = await findCode(host, volume, loader);
  if (source === undefined) {
    // Our text.
    throw new BootRepairFailure([
      `No attached NTFS volume carries boot code that starts ${loader}. Attach a disk of such a Windows,`,
      'and run the command again.',
    ]);
  }
  const patches = bootCodePatches(
    { sizeBytes: before.length, read: (at, length) => before.subarray(at, at + length) },
    source,
  );
  const copyAt = await findCopy(host, volume, sector);
  const first = patches[0]?.bytes.subarray(0, SECTOR_BYTES);
  if (copyAt !== undefined && first) patches.push({ offsetBytes: copyAt, bytes: first });
  await host.writeVolume(volume.number, patches);
}

/** @throws BootRepairFailure for the first sector of anything but a sound NTFS volume. */
function parseBootSector(boot: Uint8Array): NtfsBootSector {
  try {
    return parseNtfsBootSector(boot);
  } catch (error) {
    if (error instanceof DiskFormatError) throw new BootRepairFailure(reasons.noFileSystem, { cause: error });
    throw error;
  }
}

/** Where the copy of the boot sector stands: behind the volume's last sector. It is kept the same (our choice). */
async function findCopy(
  host: WindowsHost,
  { number, sizeBytes }: VolumeView,
  { totalSectors, bytesPerSector }: NtfsBootSector,
): Promise<number | undefined> {
  const offset = totalSectors * bytesPerSector;
  if (offset < BOOT_FILE_BYTES || offset + SECTOR_BYTES > sizeBytes) return undefined;
  return isNtfs(await host.readVolume(number, offset, SECTOR_BYTES)) ? offset : undefined;
}

async function findCode(
  host: WindowsHost,
  target: VolumeView,
  loader: BootLoader,
): Promise<Uint8Array | undefined> {
  const volumes = (await host.volumes()).filter(({ fileSystem }) => fileSystem === 'NTFS');
  const onDisk = (volume: VolumeView) => volume.diskNumbers.some((one) => target.diskNumbers.includes(one));
  const rank = (volume: VolumeView) => (volume.number === target.number ? 2 : onDisk(volume) ? 0 : 1);
  const found: Uint8Array[] = [];
  for (const { number } of [...volumes].sort((a, b) => rank(a) - rank(b))) {
    const boot = await readBoot(host, number);
    if (boot !== undefined && isNtfs(boot) && hasCode(boot)) found.push(boot);
  }
  const named = found.find((boot) => names(boot, loader));
  // Code of mkntfs, which a stand-in's volumes carry, names neither loader; it passes for that of Windows Vista.
  return named ?? (loader === 'BOOTMGR' ? found.find((boot) => !names(boot, 'NTLDR')) : undefined);
}

/** Undefined where a volume cannot be opened as a device. */
async function readBoot(host: WindowsHost, volume: number): Promise<Uint8Array | undefined> {
  try {
    return await host.readVolume(volume, 0, BOOT_FILE_BYTES);
  } catch (error) {
    if (error instanceof WindowsHostError) return undefined;
    throw error;
  }
}

function isNtfs(boot: Uint8Array): boolean {
  return isNtfsBootSector(boot) && hasTableMark(boot);
}

/** A jump at the start and something behind the parameter block. */
function hasCode(boot: Uint8Array): boolean {
  return (
    (boot[0] === 0xeb || boot[0] === 0xe9) && boot.subarray(CODE.start, CODE.end).some((byte) => byte !== 0)
  );
}

/** The loader's name stands in the code in UTF-16, that of the message in Latin-1. */
function names(boot: Uint8Array, loader: BootLoader): boolean {
  return decodeLatin1(boot).replaceAll('\0', '').includes(loader);
}
