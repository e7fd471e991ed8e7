import type { GroupDisk, GroupVolume, VolumeComponent, VolumeExtent } from './group-types';
import { COMPONENT_LAYOUTS } from './layout';
import type { RecordTree } from './record-tree';
import type { ComponentRecord, ExtentRecord, VolumeRecord } from './records';

/** Puts a volume together from its records. Throws a DiskFormatError where they contradict each other. */
export function assembleVolume(
  volume: VolumeRecord,
  tree: RecordTree,
  disks: ReadonlyMap<number, GroupDisk>,
  dirty: boolean,
): GroupVolume {
  const records = tree.componentsOf(volume);
  tree.requireCount('components', volume, volume.componentCount, records.length);
  const components = records.map((component) => toComponent(component, tree, disks));
  return {
    name: volume.name,
    guid: volume.guid,
    layout: layoutOf(volume, components, tree),
    sizeSectors: volume.sizeSectors,
    mountHint: volume.mountHint,
    partitionType: volume.partitionType,
    dirty,
    components,
  };
}

const LAYOUT_NAMES = new Map<number, VolumeComponent['layout']>([
  [COMPONENT_LAYOUTS.striped, 'striped'],
  [COMPONENT_LAYOUTS.concatenated, 'concatenated'],
  [COMPONENT_LAYOUTS.raid5, 'raid5'],
]);

function toComponent(
  component: ComponentRecord,
  tree: RecordTree,
  disks: ReadonlyMap<number, GroupDisk>,
): VolumeComponent {
  const layout = LAYOUT_NAMES.get(component.layout);
  if (!layout) {
    throw tree.refusal(
      component,
      `a component of layout ${component.layout}`,
      `Component ${component.name} has the layout ${component.layout}; 1 striped, 2 concatenated and 3 RAID-5 are known.`,
    );
  }
  const records = tree.extentsOf(component);
  tree.requireCount('extents', component, component.extentCount, records.length);
  const columns = layout === 'concatenated' ? 1 : (component.columns ?? 1);
  if (columns > records.length) {
    throw tree.refusal(
      component,
      `${columns} columns, but ${records.length} extents`,
      `Component ${component.name} has ${columns} columns, but only ${records.length} extents. The database is damaged.`,
    );
  }
  const extents = records
    .map((extent) => toExtent(extent, tree, disks))
    .sort((a, b) => a.column - b.column || a.columnOffset - b.columnOffset);
  const { name, stripeSectors } = component;
  return { name, layout, stripeSectors, columns, extents };
}

function toExtent(
  extent: ExtentRecord,
  tree: RecordTree,
  disks: ReadonlyMap<number, GroupDisk>,
): VolumeExtent {
  const disk = disks.get(extent.diskId);
  if (!disk)
    throw tree.refusal(
      extent,
      `an extent on the unknown disk object ${extent.diskId}`,
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

function layoutOf(
  volume: VolumeRecord,
  components: readonly VolumeComponent[],
  tree: RecordTree,
): GroupVolume['layout'] {
  const first = components[0];
  if (!first)
    throw tree.refusal(
      volume,
      'a volume without a component',
      `Volume ${volume.name} has no component, so it has no data. The database is damaged.`,
    );
  if (components.length > 1) return 'mirrored';
  if (first.layout !== 'concatenated') return first.layout;
  // A simple volume may have several extents, all on one disk (MS-DMRP; VDS_VT_SIMPLE).
  return new Set(first.extents.map(({ disk }) => disk)).size > 1 ? 'spanned' : 'simple';
}
