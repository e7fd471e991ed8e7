import { DiskFormatError } from '../bytes';
import { type Patch, SECTOR_BYTES, type SectorReader } from '../mbr';
import type { GroupVolume, VolumeComponent, VolumeExtent } from './group-types';
import type { LdmMember } from './member';
import { Raid5Io } from './raid5-component';
import { type ComponentIo, concatenatedIo, StripedIo } from './striped-component';
import { newestTransaction, STALE } from './up-to-date';
import { type DiskOf, PatchList, VolumeColumn } from './volume-column';

/** What a write to a volume puts on one of its disks. */
export interface MemberPatches {
  readonly member: LdmMember;
  readonly patches: readonly Patch[];
}

/** The data of a dynamic volume, whatever its layout. Offsets and lengths in bytes; whole sectors where the disks ask for them. */
export interface VolumeReader extends SectorReader {
  /** True where a copy or a column is missing or out of date, and the volume goes on without it. */
  readonly degraded: boolean;
  /** What to write to each disk: on every half of a mirror, with the parity of RAID-5. Writes nothing itself. */
  writeVolume(offsetBytes: number, bytes: Uint8Array): MemberPatches[];
}

/**
 * Opens a volume on the disks that `diskOf` gives. Throws a DiskFormatError where too many of them are missing or
 * where the records do not make a volume.
 */
export function openVolume(volume: GroupVolume, diskOf: DiskOf): VolumeReader {
  const sizeBytes = volume.sizeSectors * SECTOR_BYTES;
  const newest = newestTransaction(volume, (member) => diskOf(member) !== undefined);
  const components = volume.components.map((component) => ({
    io: openComponent(component, sizeBytes, diskOf, newest),
    stale: component.state === STALE,
  }));
  const writable = components.map(({ io }) => io);
  const readable = components.filter(({ io, stale }) => io.current && !stale).map(({ io }) => io);
  const source = readable[0];
  if (!source) throw unusable(volume);
  const check = (offset: number, length: number) => {
    if (offset >= 0 && length >= 0 && offset + length <= sizeBytes) return;
    throw new RangeError(
      `Bytes ${offset} to ${offset + length - 1} lie outside volume ${volume.name}, which has ${sizeBytes}.`,
    );
  };
  return {
    sizeBytes,
    degraded: readable.length < components.length || source.degraded,
    read: (offset, length) => {
      check(offset, length);
      return length === 0 ? new Uint8Array(0) : source.read(offset, length);
    },
    writeVolume: (offset, bytes) => {
      check(offset, bytes.length);
      const patches = new PatchList();
      for (const io of writable) io.write(offset, bytes, patches);
      return patches.all;
    },
  };
}

function openComponent(
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

/** There is no one place on a disk to blame. */
function unusable(volume: GroupVolume): DiskFormatError {
  const absent = new Set(
    volume.components
      .flatMap(({ extents }) => extents)
      .filter(({ disk }) => !disk.member)
      .map(({ disk }) => disk.name),
  );
  const why = absent.size > 0 ? `${[...absent].join(', ')} missing` : 'disks offline or out of date';
  return new DiskFormatError(
    0,
    `volume ${volume.name} has no complete, up-to-date copy`,
    `Volume ${volume.name} (${volume.layout}) has no complete, up-to-date copy of its data: ${why}. Give the other disks of its group too.`,
  );
}
