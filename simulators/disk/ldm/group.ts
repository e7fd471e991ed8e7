import { assembleVolume } from './assemble-volume';
import type { DiskGroup, GroupDisk } from './group-types';
import type { LdmMember } from './member';
import { RecordTree } from './record-tree';
import { dirtyVolumes } from './volume-log';

/**
 * Puts members together into disk groups, by group GUID in the order of first sight. Where the members' databases
 * differ, the one with the highest committed transaction counts. Throws a DiskFormatError (offset on the disk of that
 * member) where records contradict each other.
 */
export function assembleGroups(members: readonly LdmMember[]): DiskGroup[] {
  const byGuid = new Map<string, LdmMember[]>();
  for (const member of members) {
    const guid = member.privHead.groupGuid.toLowerCase();
    byGuid.set(guid, [...(byGuid.get(guid) ?? []), member]);
  }
  return [...byGuid.values()].map(assembleGroup);
}

/** The member whose database counts: the one with the highest committed transaction. */
export function newestMember(members: readonly LdmMember[]): LdmMember {
  return members.reduce((best, member) =>
    member.vmdb.committedTransaction > best.vmdb.committedTransaction ? member : best,
  );
}

function assembleGroup(members: readonly LdmMember[]): DiskGroup {
  const source = newestMember(members);
  const { vmdb } = source;
  const tree = new RecordTree(source);
  const byGuid = new Map(members.map((member) => [member.privHead.diskGuid.toLowerCase(), member]));
  const disks = new Map(
    tree.disks.map(({ id, name, guid: text }): [number, GroupDisk] => {
      const guid = text.toLowerCase();
      return [id, { name, guid, member: byGuid.get(guid) }];
    }),
  );
  const logs = members
    .filter((member) => member.vmdb.committedTransaction === vmdb.committedTransaction)
    .map(({ log }) => dirtyVolumes(log, tree.redundantVolumes.length));
  const dirty = new Set(
    tree.redundantVolumes.filter((_, index) => logs.some((log) => log[index])).map(({ id }) => id),
  );
  return {
    guid: source.privHead.groupGuid.toLowerCase(),
    name: vmdb.groupName,
    transaction: vmdb.committedTransaction,
    disks: [...disks.values()],
    volumes: tree.volumes.map((volume) => assembleVolume(volume, tree, disks, dirty.has(volume.id))),
  };
}
