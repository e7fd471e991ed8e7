import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { parseMbr, SECTOR_BYTES } from '../disk/mbr';
import { readDiskBytes, type ServerDisk } from '../server';

const MEBIBYTE = 2 ** 20;
const NTFS = 0x07;

/**
 * The flags of the NTFS volumes on an MBR disk, in the order of their partitions, as ntfsinfo tells them: `0x0000` is a
 * volume that was dismounted, `0x0001` a dirty one. Partitions lie at whole mebibytes.
 */
export async function readVolumeFlags(disk: ServerDisk): Promise<string[]> {
  const partitions = parseMbr(await readDiskBytes(disk, 0, SECTOR_BYTES))?.partitions ?? [];
  const folder = await mkdtemp(path.join(path.dirname(disk.path), 'volumes-'));
  try {
    const flags: string[] = [];
    for (const { type, startSector, sizeSectors } of partitions.filter((one) => one.type === NTFS)) {
      const file = path.join(folder, `${startSector}-${type}.ntfs`);
      const start = (startSector * SECTOR_BYTES) / MEBIBYTE;
      await execa('qemu-img', [
        ...['dd', '-U', '-f', disk.format, '-O', 'raw', 'bs=1M', `skip=${start}`],
        ...[`count=${start + (sizeSectors * SECTOR_BYTES) / MEBIBYTE}`, `if=${disk.path}`, `of=${file}`],
      ]);
      const { stdout } = await execa('ntfsinfo', ['--force', '--mft', file]);
      flags.push(/Volume Flags: (0x[0-9a-f]+)/i.exec(stdout)?.[1] ?? 'unknown');
      await rm(file);
    }
    return flags;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
