import { assembleGroups, type LdmMember } from '../../disk/ldm';
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
