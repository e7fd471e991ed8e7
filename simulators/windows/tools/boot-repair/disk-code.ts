import { decodeLatin1 } from '../../../disk/bytes';
import { parseMbr, SECTOR_BYTES } from '../../../disk/mbr';
import type { FileAccess } from '../../shell';
import type { DiskView, WindowsHost } from '../../windows-host';
import { BootRepairFailure } from './failure';

/** Bytes of boot code before the disk signature. */
const CODE_BYTES = 0x1b8;

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
  if (sector[510] !== 0x55 || sector[511] !== 0xaa) {
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
  const bytes = sector.slice();
  bytes.fill(0, 0, CODE_BYTES).set(code.subarray(0, CODE_BYTES));
  await host.writeDisk(disk.number, [{ offsetBytes: 0, bytes }]);
}

async function standInCode(
  host: WindowsHost,
  files: FileAccess,
  disk: DiskView,
): Promise<Uint8Array | undefined> {
  for (const { devicePath, diskNumbers } of await host.volumes()) {
    if (!diskNumbers.includes(disk.number)) continue;
    const code = await files.read(`${devicePath}\\${STANDIN_CODE}`).catch(() => undefined);
    if (code !== undefined && code.length > 0 && code.length <= CODE_BYTES) return code;
  }
  return undefined;
}

/** The code of an attached disk, if need be the disk itself, whose messages are those of Windows' boot code. */
async function windowsCode(host: WindowsHost, target: DiskView): Promise<Uint8Array | undefined> {
  const disks = (await host.disks()).filter(({ style }) => style === 'mbr');
  const sorted = [...disks.filter((disk) => disk.number !== target.number), target];
  for (const { number } of sorted) {
    const sector = await host.readDisk(number, 0, SECTOR_BYTES);
    const text = decodeLatin1(sector.subarray(0, CODE_BYTES));
    const isWindows = ['Invalid partition table', 'Missing operating system'].every((one) =>
      text.includes(one),
    );
    if (isWindows && hasTable(sector)) return sector.slice(0, CODE_BYTES);
  }
  return undefined;
}

function hasTable(sector: Uint8Array): boolean {
  try {
    return parseMbr(sector) !== undefined;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
