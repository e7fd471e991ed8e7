import type { Allocator, PlacedExtent } from './allocate';
import { STRIPE_SECTORS } from './layout';

export type NewLayout = 'simple' | 'spanned' | 'striped' | 'mirror' | 'raid5';

/** A new volume as a caller asks for it. */
export interface VolumeRequest {
  readonly name: string;
  readonly layout: NewLayout;
  /** Of the data. Whole stripes (64 KiB times the columns that hold data) where striped or RAID-5. */
  readonly sizeSectors: number;
  /**
   * Indexes into the request's disks. Where not given: disk 0 for a simple volume, disks 0 and 1 for a mirror, 0 to 2 for
   * RAID-5, and 0 and 1 for the others. A spanned volume fills them one after the other.
   */
  readonly disks?: readonly number[];
  /** Where a simple volume starts, which was a partition there: an absolute sector. The next free place where not given. */
  readonly at?: number;
}

/** One copy of a new volume's data. */
export interface NewComponent {
  readonly layout: 'concatenated' | 'striped' | 'raid5';
  readonly extents: readonly (PlacedExtent & { readonly columnOffset: number; readonly column: number })[];
}

/** Fewest and most disks; Windows takes at most 32. */
const DISKS: Record<NewLayout, readonly [fewest: number, most: number]> = {
  simple: [1, 1],
  spanned: [2, 32],
  striped: [2, 32],
  mirror: [2, 2],
  raid5: [3, 32],
};

/** Takes room for a volume. Throws where the disks do not suit its layout or have not enough room. */
export function placeVolume(volume: VolumeRequest, allocator: Allocator): NewComponent[] {
  const { name, layout, sizeSectors } = volume;
  const disks = disksOf(volume);
  const plain = { columnOffset: 0, column: 0 };
  switch (layout) {
    case 'simple':
    case 'mirror':
      return disks.map((disk) => ({
        layout: 'concatenated',
        extents: [{ ...allocator.take(disk, sizeSectors, name, volume.at), ...plain }],
      }));
    case 'spanned':
      return [{ layout: 'concatenated', extents: span(volume, disks, allocator) }];
    case 'striped':
    case 'raid5': {
      const data = layout === 'raid5' ? disks.length - 1 : disks.length;
      if (sizeSectors % (data * STRIPE_SECTORS) !== 0) {
        throw new RangeError(
          `Volume ${name} has ${sizeSectors} sectors, which are no whole stripes of ${data} times ${STRIPE_SECTORS} sectors. Choose a multiple.`,
        );
      }
      const extents = disks.map((disk, column) => ({
        ...allocator.take(disk, sizeSectors / data, name),
        columnOffset: 0,
        column,
      }));
      return [{ layout, extents }];
    }
  }
}

function span(
  { name, sizeSectors }: VolumeRequest,
  disks: readonly number[],
  allocator: Allocator,
): NewComponent['extents'] {
  let columnOffset = 0;
  return disks.map((disk, index) => {
    const left = disks.length - 1 - index;
    // Every disk gets a piece, so that the volume lies on all that were asked for.
    const size =
      left === 0
        ? sizeSectors - columnOffset
        : Math.min(allocator.free(disk, name), sizeSectors - columnOffset - left);
    const extent = { ...allocator.take(disk, size, name), columnOffset, column: 0 };
    columnOffset += size;
    return extent;
  });
}

function disksOf({ name, layout, disks: asked }: VolumeRequest): readonly number[] {
  const [fewest, most] = DISKS[layout];
  const disks = asked ?? Array.from({ length: fewest }, (_, disk) => disk);
  if (disks.length < fewest || disks.length > most || new Set(disks).size !== disks.length) {
    const wanted = fewest === most ? String(fewest) : `${fewest} to ${most}`;
    throw new Error(
      `Volume ${name} is a ${layout} volume and needs ${wanted} different disk(s), not [${disks.join(', ')}].`,
    );
  }
  return disks;
}
