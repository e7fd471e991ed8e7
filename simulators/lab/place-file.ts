import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildMbr, SECTOR_BYTES } from '../disk/mbr';
import type { ServerDisk } from '../server';
import { runDiskTool } from './run-disk-tool';
import { newNtfs } from './volume-file';

const MIB = 1 << 20;
/** Room for NTFS' own files, and what no partition takes. */
const BESIDE_BYTES = 6 * MIB;
/** Any value that no disk of the lab has. */
const CARRIER_SIGNATURE = 0xca221e2;
const FILE = 'CARRIED';

/**
 * Puts a file of any bytes onto the disk of a server that is off: a small disk brings it, and Windows' `copy` takes it
 * from there.
 * @param target e.g. `C:\Users\Public\letter.bin`; its folder exists
 */
export async function placeFile(disk: ServerDisk, target: string, content: Uint8Array): Promise<void> {
  // In the session's folder, which goes with the session however that ends.
  const folder = await mkdtemp(path.join(path.dirname(disk.path), 'carrier-'));
  try {
    const sizeBytes = Math.ceil(content.length / MIB) * MIB + BESIDE_BYTES;
    const bytes = new Uint8Array(sizeBytes + 2 * MIB);
    const partition = {
      number: 1,
      active: false,
      type: 7,
      startSector: MIB / SECTOR_BYTES,
      sizeSectors: sizeBytes / SECTOR_BYTES,
    };
    bytes.set(
      buildMbr({ signature: CARRIER_SIGNATURE, partitions: [partition] }, bytes.length / SECTOR_BYTES),
    );
    bytes.set(await newNtfs(folder, { sizeBytes, label: 'CARRIER', file: { name: FILE, content } }), MIB);
    const carrier: ServerDisk = {
      id: 'carrier',
      path: path.join(folder, 'carrier.raw'),
      format: 'raw',
      serial: 'carrier',
    };
    await writeFile(carrier.path, bytes);
    // Its volume has the first letter that is free.
    await runDiskTool([disk, carrier], 'cmd', ['/c', `copy /y D:\\${FILE} ${target}`]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
