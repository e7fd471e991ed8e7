import { DiskFormatError } from '../bytes';
import { SECTOR_BYTES } from '../mbr';
import type { VolumeComponent, VolumeExtent } from './group-types';
import { Raid5Io } from './raid5-component';
import { type ComponentIo, concatenatedIo, StripedIo } from './striped-component';
import { type DiskOf, VolumeColumn } from './volume-column';

/**
 * Opens one copy of a volume's data. Throws a DiskFormatError where its records do not make `sizeBytes` of a volume.
 * @param newest transaction that a disk must have reached for its data to be up to date
 */
export function openComponent(
  component: VolumeComponent,
  sizeBytes: number,
  diskOf: DiskOf,
  newest: bigint,
): ComponentIo {
  const { name, layout, columns: count, extents } = component;
  const column = (owner: string, pieces: readonly VolumeExtent[], size: number) =>
    new VolumeColumn(owner, pieces, size, diskOf, newest);
  if (layout === 'concatenated') return concatenatedIo(column(name, extents, sizeBytes));
  const chunk = (component.stripeSectors ?? 0) * SECTOR_BYTES;
  const dataColumns = layout === 'raid5' ? count - 1 : count;
  if (chunk === 0 || dataColumns < (layout === 'raid5' ? 2 : 1)) {
    throw new DiskFormatError(
      0,
      `component ${name} has ${count} columns with stripes of ${chunk} bytes`,
      `Component ${name} has ${count} columns with stripes of ${chunk} bytes, which makes no ${layout} volume. The LDM database is damaged.`,
    );
  }
  const rowBytes = chunk * dataColumns;
  const whole = Math.floor(sizeBytes / rowBytes) * chunk;
  const rest = sizeBytes % rowBytes;
  const columns = extentsByColumn(extents, count).map((pieces, index) => {
    const last =
      layout === 'raid5' ? (rest > 0 ? chunk : 0) : Math.min(chunk, Math.max(0, rest - index * chunk));
    return column(`column ${index} of ${name}`, pieces, whole + last);
  });
  return layout === 'raid5' ? new Raid5Io(columns, chunk) : new StripedIo(columns, chunk);
}

function extentsByColumn(extents: readonly VolumeExtent[], count: number): VolumeExtent[][] {
  const columns: VolumeExtent[][] = Array.from({ length: count }, () => []);
  for (const extent of extents) columns[extent.column]?.push(extent);
  return columns;
}
