import * as os from 'quickjs-os';
import { type MbrPartition, parseMbr } from '../../disk/mbr';
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
