import type { LdmMember } from './member';
import type { ComponentRecord, DiskRecord, ExtentRecord, LdmRecord, VolumeRecord } from './records';

type VolumeLayout = 'simple' | 'spanned' | 'striped' | 'mirrored' | 'raid5';

/** A disk that the group's database lists. `member` is undefined where the disk was not among those read. */
interface GroupDisk {
  readonly name: string;
  readonly guid: string;
  readonly member: LdmMember | undefined;
}

/** A piece of a volume. Sectors are 512 bytes. */
export interface VolumeExtent {
  readonly name: string;
  readonly disk: GroupDisk;
  /** From the start of the disk's public region, as the database stores it. */
  readonly startSector: number;
  /** From the start of the disk; undefined where the disk is missing. */
  readonly absoluteSector: number | undefined;
  readonly sizeSectors: number;
  readonly columnOffset: number;
  readonly column: number;
}

/** A complete copy of the volume's data: a mirrored volume has several. */
export interface VolumeComponent {
  readonly name: string;
  readonly layout: 'striped' | 'concatenated' | 'raid5';
  /** Stripe size, where striped or RAID-5. */
  readonly stripeSectors: number | undefined;
  readonly columns: number;
  /** In the order of column and offset. */
  readonly extents: readonly VolumeExtent[];
}

export interface GroupVolume {
  readonly name: string;
  readonly guid: string;
  readonly layout: VolumeLayout;
  readonly sizeSectors: number;
  readonly mountHint: string | undefined;
  readonly partitionType: number;
  readonly components: readonly VolumeComponent[];
}

export interface DiskGroup {
  readonly guid: string;
  readonly name: string;
  readonly transaction: bigint;
  readonly disks: readonly GroupDisk[];
  readonly volumes: readonly GroupVolume[];
}

/**
 * Puts members together into disk groups, by group GUID in the order of first sight. Where the members' databases
 * differ, the one with the highest committed transaction counts. Throws where records point at absent ones.
 */
export function assembleGroups(members: readonly LdmMember[]): DiskGroup[] {
  const byGuid = new Map<string, LdmMember[]>();
  for (const member of members) {
    const guid = member.privHead.groupGuid.toLowerCase();
    byGuid.set(guid, [...(byGuid.get(guid) ?? []), member]);
  }
  return [...byGuid.values()].map(assembleGroup);
}

function assembleGroup(members: readonly LdmMember[]): DiskGroup {
  const source = members.reduce((best, member) =>
    member.vmdb.committedTransaction > best.vmdb.committedTransaction ? member : best,
  );
  const { records, vmdb } = source;
  const disks = new Map(ofKind(records, 'disk').map((record) => [record.id, toDisk(record, members)]));
  return {
    guid: source.privHead.groupGuid.toLowerCase(),
    name: vmdb.groupName,
    transaction: vmdb.committedTransaction,
    disks: [...disks.values()],
    volumes: ofKind(records, 'volume').map((volume) => toVolume(volume, records, disks)),
  };
}

function ofKind<Kind extends LdmRecord['kind']>(
  records: readonly LdmRecord[],
  kind: Kind,
): Extract<LdmRecord, { kind: Kind }>[] {
  return records.filter((record): record is Extract<LdmRecord, { kind: Kind }> => record.kind === kind);
}

function toDisk(record: DiskRecord, members: readonly LdmMember[]): GroupDisk {
  const guid = record.guid.toLowerCase();
  const member = members.find(({ privHead }) => privHead.diskGuid.toLowerCase() === guid);
  return { name: record.name, guid, member };
}

function toVolume(
  volume: VolumeRecord,
  records: readonly LdmRecord[],
  disks: ReadonlyMap<number, GroupDisk>,
): GroupVolume {
  const components = ofKind(records, 'component')
    .filter(({ volumeId }) => volumeId === volume.id)
    .map((component) => toComponent(component, records, disks));
  requireCount('components', volume.name, volume.componentCount, components.length);
  return {
    name: volume.name,
    guid: volume.guid,
    layout: layoutOf(volume, components),
    sizeSectors: volume.sizeSectors,
    mountHint: volume.mountHint,
    partitionType: volume.partitionType,
    components,
  };
}

const COMPONENT_LAYOUTS = { 1: 'striped', 2: 'concatenated', 3: 'raid5' } as const;

function toComponent(
  component: ComponentRecord,
  records: readonly LdmRecord[],
  disks: ReadonlyMap<number, GroupDisk>,
): VolumeComponent {
  const layout = COMPONENT_LAYOUTS[component.layout as keyof typeof COMPONENT_LAYOUTS];
  if (!layout) {
    throw new Error(
      `Component ${component.name} has the layout ${component.layout}; 1 striped, 2 concatenated and 3 RAID-5 are known.`,
    );
  }
  const extents = ofKind(records, 'extent')
    .filter(({ componentId }) => componentId === component.id)
    .map((extent) => toExtent(extent, disks))
    .sort((a, b) => a.column - b.column || a.columnOffset - b.columnOffset);
  requireCount('extents', component.name, component.extentCount, extents.length);
  return {
    name: component.name,
    layout,
    stripeSectors: component.stripeSectors,
    columns: component.columns ?? 1,
    extents,
  };
}

function toExtent(extent: ExtentRecord, disks: ReadonlyMap<number, GroupDisk>): VolumeExtent {
  const disk = disks.get(extent.diskId);
  if (!disk)
    throw new Error(
      `Extent ${extent.name} lies on the disk object ${extent.diskId}, which the database does not list. It is damaged.`,
    );
  return {
    name: extent.name,
    disk,
    startSector: extent.startSector,
    absoluteSector: disk.member && disk.member.privHead.publicStart + extent.startSector,
    sizeSectors: extent.sizeSectors,
    columnOffset: extent.columnOffset,
    column: extent.column ?? 0,
  };
}

function layoutOf(volume: VolumeRecord, components: readonly VolumeComponent[]): VolumeLayout {
  const first = components[0];
  if (!first)
    throw new Error(`Volume ${volume.name} has no component, so it has no data. The database is damaged.`);
  if (components.length > 1) return 'mirrored';
  if (first.layout !== 'concatenated') return first.layout;
  return first.extents.length > 1 ? 'spanned' : 'simple';
}

function requireCount(what: string, owner: string, said: number, seen: number): void {
  if (said === seen) return;
  throw new Error(`${owner} says it has ${said} ${what}, and the database lists ${seen}. It is damaged.`);
}
