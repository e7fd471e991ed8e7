import * as os from 'quickjs-os';
import * as std from 'quickjs-std';
import type { SectorReader } from '../../disk/mbr';
import type { DiskTable, PartitionPlace } from '../boot-manager';
import { readDiskTable, type TablePartition } from '../disk-tables';
import { readBytes } from './files';

/** A hard disk with a partition table. */
export interface BootDisk {
  /** `/dev/vda` */
  readonly device: string;
  readonly table: DiskTable;
  /** In the order of `table.partitions`. */
  readonly partitions: readonly TablePartition[];
}

/** The machine's hard disks that have a partition table, in the order of their controllers. */
function findDisks(): BootDisk[] {
  const [names] = os.readdir('/sys/block');
  return names
    .filter((name) => /^(vd|sd)[a-z]$/.test(name))
    .sort()
    .flatMap((name) => {
      const disk = readDisk(name);
      return disk ? [disk] : [];
    });
}

function readDisk(name: string): BootDisk | undefined {
  const device = `/dev/${name}`;
  try {
    const { style, signature, guid, partitions } = readDiskTable(diskReader(name));
    if (style === 'raw') return undefined;
    const volumes = partitions.filter(({ kind }) => kind !== 'extended');
    const entries = volumes.map(({ startSector, number, ...partition }) => ({
      offsetBytes: startSector * 512,
      guid: partition.guid,
      number,
    }));
    return { device, table: { style, signature, guid, partitions: entries }, partitions: volumes };
  } catch {
    // A damaged table is no table to boot from.
    return undefined;
  }
}

/** The whole disk; nothing of it where there is none. */
export function diskReader(name: string): SectorReader {
  const sectors = Number(std.open(`/sys/block/${name}/size`, 'r')?.readAsString() ?? 0);
  const device = `/dev/${name}`;
  return { sizeBytes: sectors * 512, read: (offset, length) => readBytes(device, offset, length) };
}

/** A USB disk is there a second or two after its controller's driver; it may take longer under emulation (ms). */
const patience = 20_000;
const betweenLooks = 50;

/**
 * The disks, and the partition among them that the firmware came from a moment ago. Only a USB controller's disks are not
 * there at once: they are waited for.
 */
export function findBootVolume(serial: string): { disks: BootDisk[]; bootPlace: PartitionPlace | undefined } {
  const deadline = Date.now() + patience;
  for (;;) {
    const disks = findDisks();
    const bootPlace = findVolume(disks, serial);
    if (bootPlace !== undefined || !hasUsb() || Date.now() > deadline) return { disks, bootPlace };
    os.sleep(betweenLooks);
  }
}

/** Whether a USB controller's driver is loaded. */
function hasUsb(): boolean {
  const [names] = os.readdir('/sys/bus/usb/devices');
  return names.some((name) => name.startsWith('usb'));
}

/**
 * The partition whose volume has this serial number. Clones of one image carry the same number: the first disk wins, as
 * it did for the firmware.
 */
function findVolume(disks: readonly BootDisk[], serial: string): PartitionPlace | undefined {
  for (const [disk, { device, partitions }] of disks.entries()) {
    const partition = partitions.findIndex(({ entry }) => volumeSerial(`${device}${entry}`) === serial);
    if (partition !== -1) {
      return { disk, partition };
    }
  }
  return undefined;
}

/** As GRUB prints it: of NTFS the u64 at 0x48 of the boot sector, of FAT32 the u32 at 0x43. */
function volumeSerial(device: string): string | undefined {
  try {
    const sector = readBytes(device, 0, 512);
    const name = (offset: number, length: number) =>
      String.fromCharCode(...sector.slice(offset, offset + length));
    const digits = (offset: number, length: number) =>
      Array.from(sector.slice(offset, offset + length))
        .reverse()
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join('')
        .toUpperCase();
    if (name(3, 4) === 'NTFS') return digits(0x48, 8);
    if (name(0x52, 5) === 'FAT32') return digits(0x43, 4).replace(/^(....)/, '$1-');
    return undefined;
  } catch {
    return undefined;
  }
}
