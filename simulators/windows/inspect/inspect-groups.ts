import { assembleGroups, type DiskGroup, planResync } from '../../disk/ldm';
import { SECTOR_BYTES } from '../../disk/mbr';
import { currentControlSet } from '../../disk/registry';
import type { InstalledWindows } from '../image-host';
import type { InspectedDisk } from './inspected-disk';
import type { GroupReport } from './inspection';

export function groupsOf(disks: readonly InspectedDisk[]): DiskGroup[] {
  return assembleGroups(disks.map(({ member }) => member).filter((member) => member !== undefined));
}

export function inspectGroups(
  disks: readonly InspectedDisk[],
  windows: InstalledWindows | undefined,
): GroupReport[] {
  return groupsOf(disks).map((group) => ({
    name: group.name,
    guid: group.guid,
    disks: group.disks.map(({ name, member }) => ({
      name,
      disk: member && disks.find((disk) => disk.member === member)?.number,
    })),
    volumes: group.volumes.map(({ guid, name, layout, sizeSectors, dirty, mountHint }) => ({
      name,
      layout,
      sizeBytes: sizeSectors * SECTOR_BYTES,
      dirty,
      behind: disksBehind(group, guid),
      mountHint,
    })),
    foreign: foreignSentence(group, windows),
  }));
}

function disksBehind(group: DiskGroup, volumeGuid: string): string[] {
  const plan = planResync(group, () => true).find(({ volume }) => volume.guid === volumeGuid);
  if (plan?.reason !== 'behind') return [];
  return group.disks.filter(({ member }) => member && plan.targets.includes(member)).map(({ name }) => name);
}

/**
 * A disk is foreign where its group is not the primary one of the machine that it is attached to (MS-VDS). The value is
 * that of Windows 2000 and 2003 (KB222189), which the stand-in uses too; later versions keep it in no known place.
 */
function foreignSentence({ name }: DiskGroup, windows: InstalledWindows | undefined): string {
  const system = windows?.system;
  if (!system)
    return `To a rescue system, which has another disk group or none, ${name} is foreign until it is imported.`;
  const primary = system
    .key(`${currentControlSet(system)}\\Services\\dmio\\Boot Info\\Primary Disk Group`)
    ?.getString('Name');
  if (primary === name)
    return `${name} is the primary disk group of the Windows on these disks: it is not foreign there.`;
  const has = primary === undefined ? 'names no primary disk group' : `has the primary disk group ${primary}`;
  return `The Windows on these disks ${has} in its registry, so ${name} may be foreign there; to a rescue system it is. Import it with diskpart: select disk, import.`;
}
