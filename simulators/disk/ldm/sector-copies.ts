import type { VolumeComponent, VolumeExtent } from './group-types';
import type { LdmMember } from './member';

/** Sectors of one disk that go to another one. */
export interface SectorCopy {
  readonly from: { readonly member: LdmMember; readonly sector: number };
  readonly to: { readonly member: LdmMember; readonly sector: number };
  readonly sizeSectors: number;
}

/** The copies that make one half of a mirror like the other. Empty where a half is striped or a disk of it missing. */
export function copiesBetween(source: VolumeComponent, target: VolumeComponent): SectorCopy[] {
  if (source.layout !== 'concatenated' || target.layout !== 'concatenated') return [];
  return source.extents.flatMap((from) =>
    target.extents.flatMap((to) => {
      const start = Math.max(from.columnOffset, to.columnOffset);
      const end = Math.min(from.columnOffset + from.sizeSectors, to.columnOffset + to.sizeSectors);
      const fromPlace = placeOf(from, start);
      const toPlace = placeOf(to, start);
      return start < end && fromPlace && toPlace
        ? [{ from: fromPlace, to: toPlace, sizeSectors: end - start }]
        : [];
    }),
  );
}

function placeOf(
  { disk, absoluteSector, columnOffset }: VolumeExtent,
  sector: number,
): SectorCopy['from'] | undefined {
  if (!disk.member || absoluteSector === undefined) return undefined;
  return { member: disk.member, sector: absoluteSector + sector - columnOffset };
}
