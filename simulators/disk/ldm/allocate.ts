import { MBR_PUBLIC_START, PRIVATE_SECTORS } from './layout';

/** 1 MiB: what Windows has used for volumes since Vista on all but small disks; on every disk here (our choice). */
const ALIGNMENT = 2048;

export interface PlacedExtent {
  readonly disk: number;
  /** Absolute, aligned to 1 MiB. */
  readonly sector: number;
  readonly sizeSectors: number;
}

/** Hands out space on the public regions of new disks, from the front. */
export class Allocator {
  private readonly next: number[];

  constructor(private readonly diskSectors: readonly number[]) {
    diskSectors.forEach((sectors, disk) => {
      if (sectors < MBR_PUBLIC_START + ALIGNMENT + PRIVATE_SECTORS) {
        throw new RangeError(
          `Disk ${disk} has ${sectors} sectors; a dynamic disk needs at least ${MBR_PUBLIC_START + ALIGNMENT + PRIVATE_SECTORS}.`,
        );
      }
    });
    this.next = diskSectors.map(() => ALIGNMENT);
  }

  /** Takes the next piece of a disk. Throws where the disk has not enough room left. */
  take(disk: number, sizeSectors: number, volume: string): PlacedExtent {
    const total = this.diskSectors[disk];
    const sector = this.next[disk];
    if (total === undefined || sector === undefined) {
      throw new RangeError(
        `Volume ${volume} shall lie on disk ${disk}, but only disks 0 to ${this.diskSectors.length - 1} were given.`,
      );
    }
    const free = Math.max(0, total - PRIVATE_SECTORS - sector);
    if (!Number.isInteger(sizeSectors) || sizeSectors < 1 || sizeSectors > free) {
      throw new RangeError(
        `Volume ${volume} needs ${sizeSectors} sectors on disk ${disk}, where ${free} are free. Shrink the volume or enlarge the disk.`,
      );
    }
    this.next[disk] = Math.ceil((sector + sizeSectors) / ALIGNMENT) * ALIGNMENT;
    return { disk, sector, sizeSectors };
  }
}
