import { DiskFormatError } from '../bytes';
import { SECTOR_BYTES, type SectorReader } from '../mbr';
import type { GroupVolume } from './group-types';
import { openComponent } from './open-component';
import { newestTransaction } from './up-to-date';
import { type DiskOf, type MemberPatches, PatchList } from './volume-column';

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
  const components = volume.components.map((component) =>
    openComponent(component, sizeBytes, diskOf, newest),
  );
  const readable = components.filter(({ current }) => current);
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
      for (const component of components) component.write(offset, bytes, patches);
      return patches.all;
    },
  };
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
