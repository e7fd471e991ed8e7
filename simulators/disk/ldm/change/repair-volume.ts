import { COMPONENT_LAYOUTS } from '../layout';
import type { ComponentRecord, DiskRecord, VolumeRecord } from '../records';
import { addComponent, addExtent, inOneColumn } from './add-objects';
import { removeComponent } from './delete-objects';
import { takeRun } from './free-space';
import { GroupChangeError } from './group-change-error';
import type { GroupDraft } from './group-draft';

/**
 * Puts a disk in the place of a missing one: of a mirror's half, or of a RAID-5 column. The new part is made of the others
 * afterwards. Windows' `repair` is for RAID-5 volumes (Microsoft's page); that it serves mirrors too is our choice.
 */
export function repairVolume(draft: GroupDraft, guid: string, diskGuid: string): void {
  const volume = draft.volume(guid);
  const disk = draft.disk(diskGuid);
  const components = draft.componentsOf(volume);
  const [first, second] = components;
  if (components.flatMap((component) => draft.disksOf(component)).includes(disk))
    throw new GroupChangeError('wrong-disks', `${volume.name} lies on ${disk.name} already.`);
  if (first && second) repairMirror(draft, volume, disk);
  else if (first?.layout === COMPONENT_LAYOUTS.raid5) repairRaid5(draft, volume, first, disk);
  else throw new GroupChangeError('wrong-layout', `${volume.name} is no mirrored and no RAID-5 volume.`);
}

function repairMirror(draft: GroupDraft, volume: VolumeRecord, disk: DiskRecord): void {
  const components = draft.componentsOf(volume);
  const missing = components.filter((component) => !draft.isComplete(component));
  const [lost, ...others] = missing;
  if (!lost || others.length > 0 || missing.length === components.length)
    throw new GroupChangeError('wrong-layout', `${volume.name} has not exactly one missing half.`);
  const run = takeRun(draft, disk, volume.sizeSectors);
  removeComponent(draft, lost);
  addComponent(draft, volume, 'concatenated', inOneColumn([{ disk, run }]));
  draft.markUnequal(draft.replace(volume));
}

function repairRaid5(
  draft: GroupDraft,
  volume: VolumeRecord,
  component: ComponentRecord,
  disk: DiskRecord,
): void {
  const extents = draft.extentsOf(component);
  const lost = extents.filter((extent) => !draft.memberOf(draft.diskOf(extent)));
  const columns = new Set(lost.map(({ column = 0 }) => column));
  const [column] = columns;
  if (column === undefined || columns.size > 1)
    throw new GroupChangeError('wrong-layout', `${volume.name} has not exactly one missing column.`);
  refuseOtherColumns(draft, disk);
  const pieces = extents.filter((extent) => (extent.column ?? 0) === column);
  const size = pieces.reduce((total, { sizeSectors }) => total + sizeSectors, 0);
  const run = takeRun(draft, disk, size);
  for (const piece of pieces) draft.remove(piece);
  const changed = draft.replace({ ...component, extentCount: extents.length - pieces.length + 1 });
  addExtent(draft, changed, { disk, run, column, columnOffset: 0 });
  draft.replace(volume);
  draft.markOutOfDate(disk);
}

/** The whole disk counts as behind until the column is made: another volume that needs its column could not go on. */
function refuseOtherColumns(draft: GroupDraft, disk: DiskRecord): void {
  for (const volume of draft.volumes) {
    const [component] = draft.componentsOf(volume);
    if (component?.layout !== COMPONENT_LAYOUTS.raid5) continue;
    if (draft.disksOf(component).includes(disk) && !draft.isComplete(component))
      throw new GroupChangeError(
        'wrong-disks',
        `${disk.name} holds a column of ${volume.name}, which misses another one. Repair that volume first.`,
      );
  }
}
