import { assembleGroups, type DiskGroup, type LdmMember, planResync } from '../../disk/ldm';
import { SECTOR_BYTES } from '../../disk/mbr';
import { primaryDiskGroupOf } from '../../disk/registry';
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
  const numberOf = (member: LdmMember | undefined) =>
    member && disks.find((disk) => disk.member === member)?.number;
  return groupsOf(disks).map((group) => ({
    name: group.name,
    guid: group.guid,
    disks: group.disks.map(({ name, member }) => ({
      name,
      disk: numberOf(member),
    })),
    volumes: group.volumes.map(({ guid, name, layout, sizeSectors, dirty, mountHint }) => ({
      name,
      layout,
      sizeBytes: sizeSectors * SECTOR_BYTES,
      dirty,
      behind: planResync(group, () => true)
        .filter(({ volume, reason }) => volume.guid === guid && reason === 'behind')
        .flatMap(({ targets }) => targets.map(numberOf))
        .filter((number) => number !== undefined),
      mountHint,
    })),
    foreign: foreignSentence(group, windows),
  }));
}

/** A disk is foreign where its group is not the primary one of the machine that it is attached to (MS-VDS). */
function foreignSentence({ name }: DiskGroup, windows: InstalledWindows | undefined): string {
  const system = windows?.system;
  if (!system)
    return `To a rescue system, which has another disk group or none, ${name} is foreign until it is imported.`;
  const primary = primaryDiskGroupOf(system);
  if (primary === name)
    return `${name} is the primary disk group of the Windows on these disks: it is not foreign there.`;
  const has = primary === undefined ? 'names no primary disk group' : `has the primary disk group ${primary}`;
  return `The Windows on these disks ${has} in its registry, so ${name} may be foreign there; to a rescue system it is. Import it with diskpart: select disk, import.`;
}
