import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { buildMbr, SECTOR_BYTES } from '../disk/mbr';
import type { ServerDisk } from '../server';
import { runDiskTool } from './run-disk-tool';
import { inVolumeFile, newNtfs } from './volume-file';

/** Choices of chntpw's menu for one user, with their keys. */
const KEYS = { 'clear the password': '1', 'unlock and enable': '2' } as const;
export type ChntpwChoice = keyof typeof KEYS;

const SAM = 'C:\\Windows\\System32\\config\\SAM';
const MIB = 1 << 20;
const CARRIER_BYTES = 8 * MIB;
const VOLUME = { startSector: MIB / SECTOR_BYTES, sizeSectors: (6 * MIB) / SECTOR_BYTES };

/**
 * Runs Debian's chntpw on the SAM of a server that is off, with the choices of the guide for a Linux rescue system (facts:
 * ovh 1.4). No rescue system runs for it: the file goes out of the disk and back into it by way of a small disk.
 * @returns what chntpw printed
 */
export async function chntpw(disk: ServerDisk, user: string, choice: ChntpwChoice): Promise<string> {
  // In the session's folder, which goes with the session however that ends.
  const folder = await mkdtemp(path.join(path.dirname(disk.path), 'chntpw-'));
  try {
    const carrier: ServerDisk = {
      id: 'carrier',
      path: path.join(folder, 'carrier.raw'),
      format: 'raw',
      serial: 'carrier',
    };
    const bytes = new Uint8Array(CARRIER_BYTES);
    const partitions = [{ number: 1, active: false, type: 7, ...VOLUME }];
    const signature = 0xca221e2;
    bytes.set(
      buildMbr({ signature, bootCode: Uint8Array.of(0xfa), partitions }, bytes.length / SECTOR_BYTES),
    );
    const sizeBytes = VOLUME.sizeSectors * SECTOR_BYTES;
    bytes.set(await newNtfs(folder, { sizeBytes, label: 'CARRIER' }), MIB);
    await writeFile(carrier.path, bytes);

    await copy([disk, carrier], SAM, 'D:\\SAM');
    const volume = (await readFile(carrier.path)).subarray(MIB, MIB + sizeBytes);
    const said = await inVolumeFile(folder, volume, async (file) => {
      const sam = path.join(folder, 'SAM');
      await execa('ntfscat', ['--force', '--quiet', file, '/SAM'], { stdout: { file: sam } });
      // It ends with 2 where it has written, which is what shall happen.
      const { stdout } = await execa('chntpw', ['-u', user, sam], {
        input: `${KEYS[choice]}\nq\ny\n`,
        reject: false,
      });
      await execa('ntfscp', ['--force', '--quiet', file, sam, '/SAM']);
      bytes.set(await readFile(file), MIB);
      await writeFile(carrier.path, bytes);
      return stdout;
    });
    await copy([disk, carrier], 'D:\\SAM', SAM);
    return said;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The volume of the small disk has the first letter that is free. */
async function copy(disks: readonly ServerDisk[], from: string, to: string): Promise<void> {
  await runDiskTool(disks, 'cmd', ['/c', `copy /y ${from} ${to}`]);
}
