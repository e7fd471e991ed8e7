import { COMPONENT_LAYOUTS } from '../layout';
import type { ComponentRecord, VolumeRecord } from '../records';
import { addExtent, inOneColumn } from './add-objects';
import { freeRuns, freeSectors, takeRuns } from './free-space';
import { GroupChangeError } from './group-change-error';
import type { GroupDraft } from './group-draft';

export interface Extension {
  /** GUID of the disk. */
  readonly disk: string;
  /** All that is free there where not given. */
  readonly sizeSectors?: number | undefined;
}

/**
 * More room at the end of a simple or spanned volume, on the disks in turn. What lies directly behind its last extent
 * makes that longer; else extents are added. @returns its size
 */
export function extendVolume(draft: GroupDraft, guid: string, extensions: readonly Extension[]): number {
  const volume = draft.volume(guid);
  const component = onlyConcatenated(draft, volume);
  if (!draft.isComplete(component))
    throw new GroupChangeError('missing-disk', `A disk of ${volume.name} is missing.`);
  for (const extension of extensions) extendOn(draft, component, extension);
  const extents = draft.extentsOf(component);
  draft.replace({ ...component, extentCount: extents.length });
  const sizeSectors = extents.reduce((total, extent) => total + extent.sizeSectors, 0);
  draft.replace({ ...volume, sizeSectors });
  return sizeSectors;
}

function extendOn(
  draft: GroupDraft,
  component: ComponentRecord,
  { disk: guid, sizeSectors }: Extension,
): void {
  const disk = draft.disk(guid);
  const wanted = sizeSectors ?? freeSectors(draft, disk, 'all');
  if (wanted > freeSectors(draft, disk, 'all') || wanted < 1)
    throw new GroupChangeError('no-space', `${disk.name} has not ${wanted} free sectors.`);
  const last = draft.extentsOf(component).at(-1);
  let left = wanted;
  if (last && draft.diskOf(last) === disk) {
    const end = draft.presentMember(disk).privHead.publicStart + last.startSector + last.sizeSectors;
    const behind = freeRuns(draft, disk).find(({ start }) => start === end);
    const more = Math.min(left, behind?.sizeSectors ?? 0);
    if (more > 0) draft.replace({ ...last, sizeSectors: last.sizeSectors + more });
    left -= more;
  }
  if (left === 0) return;
  const size = draft.extentsOf(component).reduce((total, extent) => total + extent.sizeSectors, 0);
  const runs = takeRuns(draft, disk, left).map((run) => ({ disk, run }));
  for (const piece of inOneColumn(runs, size)) addExtent(draft, component, piece);
}

/** Cuts a simple or spanned volume off behind this size; what its file system needs is the caller's to know. */
export function shrinkVolume(draft: GroupDraft, guid: string, sizeSectors: number): void {
  const volume = draft.volume(guid);
  const component = onlyConcatenated(draft, volume);
  if (sizeSectors < 1 || sizeSectors > volume.sizeSectors)
    throw new GroupChangeError(
      'no-space',
      `${volume.name} has ${volume.sizeSectors} sectors and cannot be shrunk to ${sizeSectors}.`,
    );
  let kept = 0;
  for (const extent of draft.extentsOf(component)) {
    const left = sizeSectors - extent.columnOffset;
    if (left <= 0) draft.remove(extent);
    else if (left < extent.sizeSectors) draft.replace({ ...extent, sizeSectors: left });
    if (left > 0) kept += 1;
  }
  draft.replace({ ...component, extentCount: kept });
  draft.replace({ ...volume, sizeSectors });
}

/** The component of a simple or spanned volume. @throws GroupChangeError for all others */
function onlyConcatenated(draft: GroupDraft, volume: VolumeRecord): ComponentRecord {
  const [component, ...others] = draft.componentsOf(volume);
  if (component?.layout === COMPONENT_LAYOUTS.concatenated && others.length === 0) return component;
  throw new GroupChangeError('wrong-layout', `${volume.name} is neither simple nor spanned.`);
}
