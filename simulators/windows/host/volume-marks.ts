import { assembleGroups, type GroupVolume, type LdmMember } from '../../disk/ldm';
import { SECTOR_BYTES } from '../../disk/mbr';
import type { VolumePlan } from './volume-plan';

/** Volumes with redundancy that the plans let be written, by GUID. */
export function writtenVolumes(plans: readonly VolumePlan[]): Map<string, VolumePlan> {
  const volumes = new Map<string, VolumePlan>();
  for (const plan of plans) {
    const { location, type, usable } = plan;
    if (location.style !== 'dynamic' || plan.readOnly) continue;
    if (usable && (type === 'Mirror' || type === 'RAID-5')) volumes.set(location.volumeGuid, plan);
  }
  return volumes;
}

/** True where every log says exactly this already. */
export function isMarked(members: readonly LdmMember[], marks: ReadonlySet<string>): boolean {
  return members.every((member) => {
    const volumes = assembleGroups([member])[0]?.volumes ?? [];
    return volumes.every(({ guid, dirty, layout }) => {
      const redundant = layout === 'mirrored' || layout === 'raid5';
      return !redundant || dirty === marks.has(guid);
    });
  });
}

/** True for the mirror that the running system lies on: a half of it begins where that does on disk 0. */
export function isSystemMirror(
  { components }: GroupVolume,
  own: LdmMember | undefined,
  systemOffsetBytes: number | undefined,
): boolean {
  const extents = components.length > 1 ? components.flatMap((component) => component.extents) : [];
  return extents.some(
    ({ disk, absoluteSector }) =>
      own !== undefined &&
      disk.member === own &&
      absoluteSector !== undefined &&
      absoluteSector * SECTOR_BYTES === systemOffsetBytes,
  );
}
