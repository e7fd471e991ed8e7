import { DiskFormatError, decodeLatin1 } from '../../../disk/bytes';
import { BOOT_CODE_BYTES, hasTableMark, parseMbr, replaceBootCode, SECTOR_BYTES } from '../../../disk/mbr';
import type { FileAccess } from '../../shell';
import type { DiskView, WindowsHost } from '../../windows-host';
import { BootRepairFailure } from './failure';

/**
 * Where a stand-in keeps the boot code of its own disk: Microsoft's may not be handed out, and the stand-in's chain does
 * not begin with it (docs/decisions/0013). Not a file of Windows.
 */
const STANDIN_CODE = 'Windows\\Boot\\Standin\\mbr.bin';

/**
 * Writes the boot code of a disk's first sector anew, bytes 0 to 0x1B7; signature, table and mark stay.
 * @throws BootRepairFailure where the disk has no master boot record, or no boot code for it was found.
 */
export async function writeDiskCode(host: WindowsHost, files: FileAccess, disk: DiskView): Promise<void> {
  const sector = await host.readDisk(disk.number, 0, SECTOR_BYTES);
  if (!hasTableMark(sector)) {
    // Our text.
    throw new BootRepairFailure([`Disk ${disk.number} has no master boot record.`]);
  }
  const code = (await standInCode(host, files, disk)) ?? (await windowsCode(host, disk));
  if (code === undefined) {
    // Our text: the real tools carry Microsoft's code with them.
    throw new BootRepairFailure([
      `No boot code for disk ${disk.number} was found: neither \\${STANDIN_CODE} on one of its volumes`,
      'nor a disk with the boot code of Windows is attached. Attach one, and run the command again.',
    ]);
  }
  await host.writeDisk(disk.number, [{ offsetBytes: 0, bytes: replaceBootCode(sector, code) }]);
}

async function standInCode(
  host: WindowsHost,
  files: FileAccess,
  disk: DiskView,
): Promise<Uint8Array | undefined> {
  for (const { devicePath, diskNumbers } of await host.volumes()) {
    if (!diskNumbers.includes(disk.number)) continue;
    const code = await files.read(`${devicePath}\\${STANDIN_CODE}`).catch(() => undefined);
    if (code !== undefined && code.length > 0 && code.length <= BOOT_CODE_BYTES) return code;
  }
  return undefined;
}

/** The code of an attached disk, if need be the disk itself, whose messages are those of Windows' boot code. */
async function windowsCode(host: WindowsHost, target: DiskView): Promise<Uint8Array | undefined> {
  const disks = (await host.disks()).filter(({ style }) => style === 'mbr');
  const sorted = [...disks.filter((disk) => disk.number !== target.number), target];
  for (const { number } of sorted) {
    const code = bootCodeOf(await host.readDisk(number, 0, SECTOR_BYTES));
    const text = code && decodeLatin1(code);
    const isWindows = ['Invalid partition table', 'Missing operating system'].every((one) =>
      text?.includes(one),
    );
    if (isWindows) return code;
  }
  return undefined;
}

/** Undefined for a sector that is no master boot record, or a damaged one. */
function bootCodeOf(sector: Uint8Array): Uint8Array | undefined {
  try {
    return parseMbr(sector)?.bootCode;
  } catch (error) {
    if (error instanceof DiskFormatError) return undefined;
    throw error;
  }
}
