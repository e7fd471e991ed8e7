/** 1 MiB: what Windows has used for volumes since Vista on all but small disks; on every disk here (our choice). */
const ALIGNMENT = 2048;

export interface PlacedExtent {
  readonly disk: number;
  /** Absolute, aligned to 1 MiB. */
  readonly sector: number;
  readonly sizeSectors: number;
}

/** Where a disk's volumes may lie: absolute sectors, the end not included. */
export interface PublicRegion {
  readonly start: number;
  readonly end: number;
}

/** Hands out space on the public regions of new disks, from the front. */
export class Allocator {
  private readonly next: number[];

  constructor(private readonly regions: readonly PublicRegion[]) {
    this.next = regions.map(({ start }) => align(start));
  }

  /** Sectors that are left on a disk; throws where there is no such disk. */
  free(disk: number, volume: string): number {
    const region = this.regions[disk];
    if (region === undefined) {
      throw new RangeError(
        `Volume ${volume} shall lie on disk ${disk}, but only disks 0 to ${this.regions.length - 1} were given.`,
      );
    }
    return Math.max(0, region.end - this.next[disk]!);
  }

  /** Takes the next piece of a disk, or the one at a sector. Throws where the disk has not enough room left. */
  take(disk: number, sizeSectors: number, volume: string, at?: number): PlacedExtent {
    if (at !== undefined) return this.takeAt(disk, at, sizeSectors, volume);
    const free = this.free(disk, volume);
    if (!Number.isInteger(sizeSectors) || sizeSectors < 1 || sizeSectors > free) {
      throw new RangeError(
        `Volume ${volume} needs ${sizeSectors} sectors on disk ${disk}, where ${free} are free. Shrink the volume or enlarge the disk.`,
      );
    }
    const sector = this.next[disk]!;
    this.next[disk] = align(sector + sizeSectors);
    return { disk, sector, sizeSectors };
  }

  private takeAt(disk: number, sector: number, sizeSectors: number, volume: string): PlacedExtent {
    const region = this.regions[disk];
    const end = sector + sizeSectors;
    if (!region || sector < region.start || end > region.end || sizeSectors < 1) {
      throw new RangeError(
        `Volume ${volume} shall lie at sectors ${sector} to ${end - 1} of disk ${disk}, outside the region for volumes.`,
      );
    }
    this.next[disk] = Math.max(this.next[disk]!, align(end));
    return { disk, sector, sizeSectors };
  }
}

function align(sector: number): number {
  return Math.ceil(sector / ALIGNMENT) * ALIGNMENT;
}
