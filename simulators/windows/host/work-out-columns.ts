import { setImmediate } from 'node:timers/promises';
import { type DiskGroup, type LdmMember, planResync, resyncStep } from '../../disk/ldm';
import { SECTOR_BYTES } from '../../disk/mbr';
import type { HostDisk } from './host-disk';

/** Worked out at once, so that a big volume takes little memory. */
const STEP_BYTES = 4 << 20;

/**
 * Makes the columns of RAID-5 volumes that are behind of the others: device-mapper would not know which one to write.
 * @returns GUIDs of the volumes that are equal now
 */
export async function workOutColumns(group: DiskGroup, disks: readonly HostDisk[]): Promise<string[]> {
  const diskOf = (member: LdmMember) => disks.find(({ content }) => content.member === member)?.device;
  const behind = planResync(group, () => true).filter(
    ({ volume, reason }) => volume.layout === 'raid5' && reason === 'behind',
  );
  for (const plan of behind) {
    const sizeBytes = plan.volume.sizeSectors * SECTOR_BYTES;
    for (let offset = 0; offset < sizeBytes; offset += STEP_BYTES) {
      const step = resyncStep(plan, diskOf, offset, Math.min(STEP_BYTES, sizeBytes - offset));
      for (const { member, patches } of step)
        disks.find(({ content }) => content.member === member)?.device.write(patches);
      await setImmediate();
    }
  }
  return behind.map(({ volume }) => volume.guid);
}
