import * as os from 'quickjs-os';
import { type MbrPartition, parseMbr } from '../../disk/mbr';
import type { PartitionPlace } from '../boot-manager';
import { readBytes } from './files';

export interface BootDisk {
  /** `/dev/vda` */
  readonly device: string;
  readonly signature: number;
  readonly partitions: readonly MbrPartition[];
}

/** The machine's hard disks that have a partition table, in the order of their controllers. */
export function findDisks(): BootDisk[] {
  const [names] = os.readdir('/sys/block');
  return names
    .filter((name) => /^(vd|sd)[a-z]$/.test(name))
    .sort()
    .flatMap((name) => {
      const device = `/dev/${name}`;
      const record = readTable(device);
      return record ? [{ device, signature: record.signature, partitions: record.partitions }] : [];
    });
}

function readTable(device: string): ReturnType<typeof parseMbr> {
  try {
    return parseMbr(readBytes(device, 0, 512));
  } catch {
    // A damaged table is no table to boot from.
    return undefined;
  }
}

/**
 * The partition whose NTFS volume has this serial number (u64 at 0x48 of its boot sector). Clones of one image carry
 * the same number: the first disk wins, as it did for the firmware.
 */
export function findVolume(disks: readonly BootDisk[], serial: string): PartitionPlace | undefined {
  for (const [disk, { device, partitions }] of disks.entries()) {
    const partition = partitions.findIndex((entry) => ntfsSerial(`${device}${entry.number}`) === serial);
    if (partition !== -1) {
      return { disk, partition };
    }
  }
  return undefined;
}

function ntfsSerial(device: string): string | undefined {
  try {
    const sector = readBytes(device, 0, 512);
    const digits = Array.from(sector.slice(0x48, 0x50)).reverse();
    return digits
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase();
  } catch {
    return undefined;
  }
}
