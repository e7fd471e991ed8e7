import { COMPONENT_LAYOUTS } from '../layout';
import type { ComponentRecord, DiskRecord, VolumeRecord } from '../records';
import { addComponent, addVolume, inOneColumn } from './add-objects';
import { removeComponent } from './delete-objects';
import { takeRun } from './free-space';
import { GroupChangeError } from './group-change-error';
import type { GroupDraft } from './group-draft';

/** A second copy of a simple volume on another disk, which is made equal to the first afterwards. */
export function addMirror(draft: GroupDraft, guid: string, diskGuid: string): void {
  const volume = draft.volume(guid);
  const disk = draft.disk(diskGuid);
  const [only, ...others] = draft.componentsOf(volume);
  if (!only || others.length > 0 || !isSimple(draft, only))
    throw new GroupChangeError('wrong-layout', `${volume.name} is no simple volume.`);
  if (draft.disksOf(only).includes(disk))
    throw new GroupChangeError('wrong-disks', `${volume.name} lies on ${disk.name} already.`);
  if (!draft.isComplete(only))
    throw new GroupChangeError('missing-disk', `The disk of ${volume.name} is missing.`);
  const run = takeRun(draft, disk, volume.sizeSectors);
  addComponent(draft, volume, 'concatenated', inOneColumn([{ disk, run }]));
  draft.markUnequal(draft.replace({ ...volume, componentCount: 2 }));
}

/**
 * Takes the half on this disk out of a mirror. With `keep` it becomes a simple volume of its own, without a letter; else
 * its place is free (Microsoft's page on `break`).
 * @returns the new volume, where it is kept
 */
export function breakMirror(
  draft: GroupDraft,
  guid: string,
  diskGuid: string,
  { keep }: { readonly keep: boolean },
): VolumeRecord | undefined {
  const volume = draft.volume(guid);
  const disk = draft.disk(diskGuid);
  const half = halfOn(draft, volume, disk);
  const rest = draft.componentsOf(volume).filter((component) => component !== half);
  if (!rest.some((component) => draft.isComplete(component)))
    throw new GroupChangeError('last-copy', `The other half of ${volume.name} is missing.`);
  if (!rest.some((component) => draft.counts(component)))
    throw new GroupChangeError('synchronizing', `The other half of ${volume.name} is not up to date.`);
  if (keep && !draft.isComplete(half))
    throw new GroupChangeError('missing-disk', `${disk.name} is missing, so its half cannot be kept.`);
  if (keep && !draft.counts(half))
    throw new GroupChangeError('synchronizing', `The half on ${disk.name} is not up to date.`);
  draft.replace({ ...volume, componentCount: rest.length });
  if (!keep) {
    removeComponent(draft, half);
    return undefined;
  }
  const { sizeSectors } = volume;
  const kept = addVolume(draft, { layout: 'concatenated', sizeSectors, componentCount: 1 });
  draft.replace({ ...half, name: draft.freeName(`${kept.name}-`, 2), volumeId: kept.id });
  return kept;
}

/** The half of a mirror that lies on the disk. @throws GroupChangeError */
export function halfOn(draft: GroupDraft, volume: VolumeRecord, disk: DiskRecord): ComponentRecord {
  const components = draft.componentsOf(volume);
  if (components.length < 2)
    throw new GroupChangeError('wrong-layout', `${volume.name} is no mirrored volume.`);
  const half = components.find((component) => draft.disksOf(component).includes(disk));
  if (half) return half;
  throw new GroupChangeError('wrong-disks', `No half of ${volume.name} lies on ${disk.name}.`);
}

function isSimple(draft: GroupDraft, component: ComponentRecord): boolean {
  return component.layout === COMPONENT_LAYOUTS.concatenated && draft.disksOf(component).length === 1;
}
