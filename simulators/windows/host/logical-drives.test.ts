import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildMbr, type MbrPartition, partitionPatches } from '../../disk/mbr';
import { type MemoryDisk, memoryDisk } from '../../disk/testing/ldm-samples';
import { LinuxWindowsHost } from './index';
import { formatNtfs } from './testing/machine-rig';

const SECTORS = 32768;
let mountRoot: string;
beforeEach(() => {
  mountRoot = mkdtempSync(join(tmpdir(), 'rescue-lab-drives-'));
});
afterEach(() => rmSync(mountRoot, { recursive: true, force: true }));

const partition = (number: number, startSector: number, sizeSectors: number, type = 7): MbrPartition => ({
  number,
  active: false,
  type,
  startSector,
  sizeSectors,
});

/** A disk whose partitions look like NTFS, as far as the host looks at them itself. */
function diskWith(signature: number, partitions: readonly MbrPartition[]): MemoryDisk {
  const disk = memoryDisk(new Uint8Array(SECTORS * 512));
  disk.bytes.set(buildMbr({ signature, partitions: [] }));
  disk.apply(partitionPatches(disk, partitions));
  for (const { startSector, type } of partitions) if (type === 7) formatNtfs(disk, startSector);
  return disk;
}

it('gives letters to logical drives too, after the primary partitions of their disk', async () => {
  const disks = [
    diskWith(1, [partition(1, 2048, 16384)]),
    diskWith(2, [
      partition(1, 2048, 2048),
      partition(2, 6144, 16384, 0x0f),
      partition(5, 8192, 2048),
      partition(6, 12288, 2048),
    ]),
  ];
  const mounts: string[] = [];
  const host = await LinuxWindowsHost.start({
    devices: [{ path: '/dev/vda' }, { path: '/dev/vdb' }],
    systemVolume: { offsetBytes: 2048 * 512, mountPoint: '/win/C' },
    sanPolicy: 'OnlineAll',
    hostName: 'WINRESCUE',
    version: '10.0.20348',
    mountRoot,
    authenticate: async () => false,
    warn: (sentence) => expect.fail(sentence),
    run: async (command, args) => {
      if (command === 'ntfs-3g') mounts.push(args.slice(2).join(' ').replace(mountRoot, '/win'));
      return '';
    },
    blockDevices: {
      open: (path) => {
        const disk = disks['ab'.indexOf(path.slice(-1))]!;
        return { sizeBytes: disk.sizeBytes, read: disk.read, write: disk.apply };
      },
      partitionNode: (path, number) => `${path}${number}`,
    },
  });
  const volumes = await host.volumes();
  expect(volumes.map(({ letter }) => letter)).toEqual(['C', 'D', 'E', 'F']);
  expect(volumes[3]).toMatchObject({
    location: { style: 'mbr', signature: 2, offsetBytes: 12288 * 512 },
  });
  expect(mounts).toEqual([
    '/dev/vdb1 /win/HarddiskVolume2',
    '/dev/vdb5 /win/HarddiskVolume3',
    '/dev/vdb6 /win/HarddiskVolume4',
  ]);
});
