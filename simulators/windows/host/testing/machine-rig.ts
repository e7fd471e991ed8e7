import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskGroup } from '../../../disk/ldm';
import { buildMbr, type MbrPartition, parseMbr } from '../../../disk/mbr';
import { smallNtfs } from '../../../disk/ntfs/testing/small-volumes';
import { type MemoryDisk, memoryDisk } from '../../../disk/testing/ldm-samples';
import { readDiskTable } from '../../disk-tables';
import type { HostOptions } from '../host-options';
import { LinuxWindowsHost } from '../index';

/** Sectors of every disk of the rig. */
export const SECTORS = 32768;
export const SIGNATURE = 0xddba6bbb;
/** Of the disks' names, `vda` first. */
const LETTERS = 'abcd';
/** What ntfs-3g is started with. */
export const MOUNT_OPTIONS = 'big_writes,windows_names,streams_interface=windows,noatime,nosuid,nodev';

/** An MBR disk with NTFS partitions of these sizes, the first one active. */
export function basicDisk(signature: number, ...sizes: number[]): MemoryDisk {
  const disk = memoryDisk(new Uint8Array(SECTORS * 512));
  let startSector = 2048;
  const partitions = sizes.map((sizeSectors, index): MbrPartition => {
    const partition = { number: index + 1, active: index === 0, type: 7, startSector, sizeSectors };
    startSector += sizeSectors;
    return partition;
  });
  disk.bytes.set(buildMbr({ signature, partitions }, SECTORS));
  for (const partition of partitions) formatNtfs(disk, partition.startSector);
  return disk;
}

/** As much of NTFS as the host looks at itself, with the serial number 0: programs do the rest. */
export function formatNtfs(disk: MemoryDisk, sector: number, label = 'Label'): void {
  disk.bytes.set(smallNtfs({ label }).fill(0, 0x48, 0x50), sector * 512);
}

/** Two halves of a foreign mirror. */
export function mirrorDisks(mountHint?: string, groupName = 'CUSTOMER-Dg0'): MemoryDisk[] {
  // Other groups have other GUIDs.
  let count = groupName === 'CUSTOMER-Dg0' ? 0 : 100;
  const created = createDiskGroup({
    groupName,
    disks: [
      { sizeSectors: SECTORS, signature: 0x11111111 },
      { sizeSectors: SECTORS, signature: 0x22222222 },
    ],
    volumes: [{ name: 'Volume1', layout: 'mirror', sizeSectors: 16384, ...(mountHint ? { mountHint } : {}) }],
    now: new Date('2012-09-11T12:00:00Z'),
    newGuid: () => {
      count += 1;
      return `00000000-0000-4000-8000-${count.toString().padStart(12, '0')}`;
    },
  });
  return created.patches.map((patches, index) => {
    const disk = memoryDisk(new Uint8Array(SECTORS * 512));
    disk.apply(patches);
    formatNtfs(disk, created.volumes[0]!.copies[index]!.offsetBytes / 512);
    return disk;
  });
}

/** A machine with disks in memory: the programs that a host runs are written down instead. */
export class MachineRig {
  readonly mountRoot = mkdtempSync(join(tmpdir(), 'rescue-lab-host-'));
  /** Lines of programs, and warnings. */
  readonly commands: string[] = [];
  answers: (line: string) => string = () => '';
  disks: MemoryDisk[] = [];
  /** Paths whose partitions the kernel has nodes for. */
  nodes: string[] = ['/dev/vda', '/dev/vdb', '/dev/vdc'];

  start(options: Partial<HostOptions> = {}): Promise<LinuxWindowsHost> {
    return LinuxWindowsHost.start({
      devices: this.disks.map((_, index) => ({ path: `/dev/vd${LETTERS[index]}` })),
      systemVolume: { offsetBytes: 2048 * 512, mountPoint: '/win/C' },
      sanPolicy: 'OfflineShared',
      hostName: 'WINRESCUE',
      version: '10.0.20348',
      mountRoot: this.mountRoot,
      authenticate: async (user, password) => user === 'Administrator' && password === 'secret',
      now: () => new Date('2026-11-21T00:00:00Z'),
      randomSignature: () => 0x0badcafe,
      warn: (sentence) => this.commands.push(`warning: ${sentence}`),
      run: async (command, args) => {
        const line = [command, ...args].join(' ').replaceAll(this.mountRoot, '/win');
        this.commands.push(line);
        return this.answers(line);
      },
      blockDevices: {
        open: (path) => this.#device(path),
        partitionNode: (path, number) => (this.nodes.includes(path) ? `${path}${number}` : undefined),
      },
      ...options,
    });
  }

  signatureOf(disk: number): number {
    return parseMbr(this.disks[disk]!.bytes.slice(0, 512))!.signature;
  }

  digest(disk: number): string {
    return createHash('sha256').update(this.disks[disk]!.bytes).digest('hex');
  }

  remove(): void {
    rmSync(this.mountRoot, { recursive: true, force: true });
  }

  /** A disk, or the part of it that a partition takes. */
  #device(path: string) {
    const [, name = '', partition] = /^\/dev\/vd([a-d])(\d)?$/.exec(path) ?? [];
    const disk = this.disks[LETTERS.indexOf(name)]!;
    const entry = partition
      ? readDiskTable(disk).partitions.find((one) => one.entry === Number(partition))
      : undefined;
    const start = (entry?.startSector ?? 0) * 512;
    return {
      sizeBytes: entry ? entry.sizeSectors * 512 : disk.sizeBytes,
      read: (offset: number, length: number) => disk.read(start + offset, length),
      write: (patches: Parameters<MemoryDisk['apply']>[0]) =>
        disk.apply(patches.map(({ offsetBytes, bytes }) => ({ offsetBytes: start + offsetBytes, bytes }))),
    };
  }
}

export const lettersOf = async (host: LinuxWindowsHost) => (await host.volumes()).map(({ letter }) => letter);
