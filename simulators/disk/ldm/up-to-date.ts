import type { GroupVolume } from './group-types';
import type { LdmMember } from './member';

/**
 * The transaction that a disk must have reached for its part of the volume to be up to date: the highest one of the
 * volume's present disks. Zero for a volume without redundancy, whose disks have no other copy to be behind of.
 */
export function newestTransaction(volume: GroupVolume, present: (member: LdmMember) => boolean): bigint {
  let newest = 0n;
  if (volume.layout !== 'mirrored' && volume.layout !== 'raid5') return newest;
  for (const { extents } of volume.components) {
    for (const { disk } of extents) {
      const { member } = disk;
      if (!member || !present(member)) continue;
      if (member.vmdb.committedTransaction > newest) newest = member.vmdb.committedTransaction;
    }
  }
  return newest;
}
