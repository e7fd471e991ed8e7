import { COMPONENT_LAYOUTS } from '../layout';
import type { ComponentRecord, DiskRecord, VolumeRecord } from '../records';
import { GroupChangeError } from './group-change-error';
import type { GroupDraft } from './group-draft';

/** The volume with its components and extents; its disks need not be there. Its bytes stay where they are. */
export function deleteVolume(draft: GroupDraft, guid: string): void {
  const volume = draft.volume(guid);
  for (const component of draft.componentsOf(volume)) removeComponent(draft, component);
  draft.remove(volume);
}

/** One copy of a volume; the volume's record must follow. */
export function removeComponent(draft: GroupDraft, component: ComponentRecord): void {
  for (const extent of draft.extentsOf(component)) draft.remove(extent);
  draft.remove(component);
}

/**
 * A missing disk is no longer listed. With `override` simple volumes on it go, and halves of mirrors whose other half
 * is there; spanned, striped and RAID-5 volumes keep it (Microsoft's page on `delete disk`; spanned and striped: our choice).
 */
export function deleteMissingDisk(
  draft: GroupDraft,
  guid: string,
  { override }: { readonly override: boolean },
): void {
  const disk = draft.disk(guid);
  if (draft.memberOf(disk)) throw new GroupChangeError('not-missing', `${disk.name} is not missing.`);
  const touched = draft.volumes.filter((volume) =>
    draft.componentsOf(volume).some((component) => draft.disksOf(component).includes(disk)),
  );
  if (touched.length > 0 && !override)
    throw new GroupChangeError(
      'disk-has-volumes',
      `${disk.name} holds a part of ${touched.map(({ name }) => name).join(', ')}.`,
    );
  for (const volume of touched) forget(draft, volume, disk);
  draft.remove(disk);
}

function forget(draft: GroupDraft, volume: VolumeRecord, disk: DiskRecord): void {
  const components = draft.componentsOf(volume);
  const lost = components.filter((component) => draft.disksOf(component).includes(disk));
  const rest = components.filter((component) => !lost.includes(component));
  const alone = lost.every(
    (component) =>
      component.layout === COMPONENT_LAYOUTS.concatenated && draft.disksOf(component).length === 1,
  );
  if (!alone)
    throw new GroupChangeError(
      'disk-has-volumes',
      `${volume.name} lies on ${disk.name} and on other disks. Delete the volume first.`,
    );
  for (const component of lost) removeComponent(draft, component);
  if (rest.length === 0) draft.remove(volume);
  else draft.replace({ ...volume, componentCount: rest.length });
}
