import type { SectorReader } from '../mbr';
import { assembleVolume } from './assemble-volume';
import type { DiskGroup, GroupDisk } from './group-types';
import { type LdmMember, readOwnBlocks, readRecords } from './member';
import { RecordTree } from './record-tree';
import type { SettledRecords } from './settle-database';
import { dirtyVolumes } from './volume-log';

/**
 * Puts members together into disk groups, by group GUID in the order of first sight. Where the members' databases
 * differ, the one with the highest committed transaction counts. Throws a DiskFormatError (offset on the disk of that
 * member) where records contradict each other.
 */
export function assembleGroups(members: readonly LdmMember[]): DiskGroup[] {
  return groupedBy(members, ({ privHead }) => privHead.groupGuid.toLowerCase()).map(assembleGroup);
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/**
 * The disk groups on these disks, as `assembleGroups` puts them together. Of each group only the database that counts is
 * read: the members of a group have the same one, or an older one.
 */
export function readGroups(readers: readonly SectorReader[]): DiskGroup[] {
  const found = readers.flatMap((reader) => {
    const own = readOwnBlocks(reader);
    return own ? [{ reader, own }] : [];
  });
  const groups = groupedBy(found, ({ own }) => own.privHead.groupGuid.toLowerCase());
  return groups.map((group) => {
    const source = newestMember(group.map(({ own }) => own));
    return assembleGroup(
      group.map(({ reader, own }) => ({
        ...own,
        ...(own === source ? readRecords(reader, own) : NO_RECORDS),
      })),
    );
  });
}

const NO_RECORDS: SettledRecords = { records: [], recordOffsets: [] };

/** The member whose database counts: the one with the highest committed transaction. */
export function newestMember<Member extends Pick<LdmMember, 'vmdb'>>(members: readonly Member[]): Member {
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
