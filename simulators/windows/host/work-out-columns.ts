import { setImmediate } from 'node:timers/promises';
import { type DiskGroup, type LdmMember, planResync, resyncStep } from '../../disk/ldm';
import { SECTOR_BYTES } from '../../disk/mbr';
import type { HostDisk } from './host-disk';

/** Worked out at once, so that a big volume takes little memory. */
const STEP_BYTES = 4 << 20;

/**
 * Makes RAID-5 columns that are behind of the others, and parity of the data. device-mapper does not: its raid target,
 * without a metadata device, takes every column as it is, also with `sync` (seen with Linux 6.1).
 * @param guids the volumes, which nobody uses
 * @returns GUIDs of the volumes that are equal now
 */
export async function workOutColumns(
  group: DiskGroup,
  disks: readonly HostDisk[],
  guids: ReadonlySet<string>,
): Promise<string[]> {
  const diskOf = (member: LdmMember) => disks.find(({ content }) => content.member === member)?.device;
  const plans = planResync(group, () => true).filter(({ volume }) => guids.has(volume.guid));
  for (const plan of plans) {
    const sizeBytes = plan.volume.sizeSectors * SECTOR_BYTES;
    for (let offset = 0; offset < sizeBytes; offset += STEP_BYTES) {
      const step = resyncStep(plan, diskOf, offset, Math.min(STEP_BYTES, sizeBytes - offset));
      for (const { member, patches } of step)
        disks.find(({ content }) => content.member === member)?.device.write(patches);
      await setImmediate();
    }
  }
  return plans.map(({ volume }) => volume.guid);
}
