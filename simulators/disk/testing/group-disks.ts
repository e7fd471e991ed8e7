import { assembleGroups, type DiskGroup, type LdmMember, readMember } from '../ldm';
import { changeGroup, type GroupDraft } from '../ldm/change';
import { countingGuids } from './ldm-disks';
import type { MemoryDisk } from './ldm-samples';

const NOW = new Date('2026-11-21T12:00:00Z');

/** The members of one group and the group, read from the disks. */
export function readGroup(disks: readonly MemoryDisk[]): {
  readonly group: DiskGroup;
  readonly members: readonly LdmMember[];
} {
  const members = disks.map((disk) => readMember(disk)!);
  return { group: assembleGroups(members)[0]!, members };
}

/** Changes the group on these disks, and reads it. */
export function change(
  disks: readonly MemoryDisk[],
  edit: (draft: GroupDraft) => void,
  newGuid = countingGuids('0777'),
): DiskGroup {
  const patches = changeGroup(disks, { now: NOW, newGuid }, edit);
  disks.forEach((disk, index) => {
    disk.apply(patches[index]!);
  });
  return readGroup(disks).group;
}

/** Faults that no database may have; none is the empty list. */
export function faultsOf(group: DiskGroup): string[] {
  const faults: string[] = [];
  const used = new Map<string, { start: number; end: number; name: string }[]>();
  for (const { name, components, sizeSectors } of group.volumes) {
    for (const component of components) {
      const columns = new Map<number, number>();
      for (const extent of component.extents) {
        const { disk, startSector, column, columnOffset } = extent;
        const at = columns.get(column) ?? 0;
        if (columnOffset !== at)
          faults.push(`${extent.name} starts at ${columnOffset} of its column, not at ${at}`);
        columns.set(column, at + extent.sizeSectors);
        const end = startSector + extent.sizeSectors;
        const others = used.get(disk.guid) ?? [];
        for (const other of others)
          if (startSector < other.end && other.start < end)
            faults.push(`${extent.name} overlaps ${other.name}`);
        used.set(disk.guid, [...others, { start: startSector, end, name: extent.name }]);
        const room = disk.member?.privHead.publicSize ?? Number.POSITIVE_INFINITY;
        if (end > room) faults.push(`${extent.name} goes beyond the public region`);
      }
      const sizes = new Set(columns.values());
      if (sizes.size > 1)
        faults.push(`the columns of ${component.name} have ${[...sizes].join(' and ')} sectors`);
      const [size = 0] = sizes;
      const data = component.layout === 'raid5' ? columns.size - 1 : columns.size;
      if (size * data !== sizeSectors)
        faults.push(`${name} says ${sizeSectors} sectors and has ${size * data}`);
    }
  }
  return faults;
}
