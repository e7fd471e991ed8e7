import {
  assembleGroups,
  changeGroup,
  type DiskGroup,
  GroupChangeError,
  type GroupDraft,
  type GroupRefusal,
  type LdmMember,
  readMember,
} from '../../../disk/ldm';
import { onDisk } from '../../codec-on-host';
import type { DiskView, VolumeView, WindowsHost } from '../../windows-host';
import type { CommandContext } from './command';
import { tableOf } from './disk-image';
import { DiskPartFailure, serviceFailure } from './failure';

/** A disk group of this machine, with those of its disks that are online. */
export interface OwnGroup {
  readonly group: DiskGroup;
  readonly disks: readonly { readonly view: DiskView; readonly member: LdmMember }[];
}

/** A disk that a group lists and that is not attached: `M0`, `M1`, ... */
export interface MissingDisk {
  readonly name: string;
  readonly guid: string;
  readonly group: OwnGroup;
}

/** The groups that are not foreign. */
export async function ownGroups(host: WindowsHost): Promise<OwnGroup[]> {
  const online = (await host.disks()).filter(({ dynamic, status }) => dynamic && status === 'Online');
  const disks = await members(host, online);
  return assembleGroups(disks.map(({ member }) => member)).map((group) => ({
    group,
    disks: disks.filter(({ member }) => member.privHead.groupGuid.toLowerCase() === group.guid),
  }));
}

/** Disks that are attached are not missing, also where they are offline or foreign. */
export async function missingDisks(host: WindowsHost): Promise<MissingDisk[]> {
  const views = (await host.disks()).filter(({ dynamic, status }) => dynamic && status !== 'Errors');
  const attached = new Set(
    (await members(host, views)).map(({ member }) => member.privHead.diskGuid.toLowerCase()),
  );
  return (await ownGroups(host))
    .flatMap((own) => own.group.disks.map(({ guid }) => ({ guid, group: own })))
    .filter(({ guid }) => !attached.has(guid))
    .map((disk, index) => ({ ...disk, name: `M${index}` }));
}

async function members(host: WindowsHost, views: readonly DiskView[]): Promise<OwnGroup['disks']> {
  const found: { view: DiskView; member: LdmMember }[] = [];
  for (const view of views) {
    const member = await onDisk(host, view, readMember);
    if (member) found.push({ view, member });
  }
  return found;
}

/** The group that the volume is in. @throws DiskPartFailure for one of a basic disk */
export async function groupOfVolume(
  host: WindowsHost,
  { location }: VolumeView,
): Promise<{ readonly own: OwnGroup; readonly guid: string }> {
  const guid = location.style === 'dynamic' ? location.volumeGuid : '';
  const own = (await ownGroups(host)).find(({ group }) => group.volumes.some((one) => one.guid === guid));
  if (own) return { own, guid };
  // vdserr.h of the Windows SDK, VDS_E_INVALID_VOLUME_TYPE.
  throw serviceFailure('The volume type is invalid for this operation.');
}

/** GUID of the group's disk with this number. @throws DiskPartFailure where it is no online disk of the group */
export async function diskOfGroup(
  host: WindowsHost,
  own: Pick<OwnGroup, 'disks'>,
  number: number,
): Promise<string> {
  const found = own.disks.find(({ view }) => view.number === number);
  if (found) return found.member.privHead.diskGuid.toLowerCase();
  const view = (await host.disks()).find((disk) => disk.number === number);
  if (!view) throw invalidDisk();
  // General knowledge.
  if (!view.dynamic) throw new DiskPartFailure(['The disk you specified is not dynamic.'], 4);
  // vdserr.h of the Windows SDK, VDS_E_INVALID_DISK and VDS_E_MULTIPLE_PACKS.
  throw serviceFailure(
    view.status === 'Online'
      ? 'Specified disks are not all from the same pack.'
      : 'This operation is not allowed on an invalid disk. The disk may be\ninvalid because it is corrupted or failing, or it may be invalid\nbecause it is OFFLINE.',
  );
}

/** Our limit: the size of a volume that has a table entry of its own, which boot code may go by, stays as it is. */
export async function refuseRetained(
  host: WindowsHost,
  { group, disks }: OwnGroup,
  guid: string,
): Promise<void> {
  const volume = group.volumes.find((one) => one.guid === guid);
  const extents = volume?.components.flatMap((component) => component.extents) ?? [];
  for (const { view, member } of disks) {
    const { partitions } = await tableOf(host, view);
    const isEntry = extents.some(
      ({ disk, absoluteSector, sizeSectors }) =>
        disk.guid === member.privHead.diskGuid.toLowerCase() &&
        partitions.some((one) => one.startSector === absoluteSector && one.sizeSectors === sizeSectors),
    );
    if (isEntry)
      throw serviceFailure('This stand-in does not change the size of a volume with a retained partition.');
  }
}

/** General knowledge, as with `select disk`. */
export const invalidDisk = (): DiskPartFailure =>
  new DiskPartFailure(['The disk you specified is not valid.'], 4);

// Texts of vdserr.h of the Windows SDK; which of them real diskpart shows is our choice.
const reasons: Readonly<Record<GroupRefusal, string>> = {
  'no-space': 'The specified disk extent size exceeds the size of free disk space.',
  'wrong-layout': 'The volume type is invalid for this operation.',
  'wrong-disks': 'The number of disks specified is invalid for this operation.',
  'missing-disk': 'The disk is missing.',
  'not-missing': 'The disk is not missing.',
  'disk-has-volumes': 'This operation is not allowed on disks with volumes.',
  'last-copy': 'The last healthy plex cannot be removed.',
  synchronizing: 'The operation cannot be completed because the volume is synchronizing.',
  'no-such-volume': 'The object is not found.',
  'no-such-disk': 'The object is not found.',
};

/**
 * Changes the group in one transaction. The given volumes are out of reach meanwhile. @param words for refusals that mean
 * something else here
 */
export async function changeOwnGroup(
  { host, newGuid }: CommandContext,
  own: Pick<OwnGroup, 'disks'>,
  volumes: readonly VolumeView[],
  edit: (draft: GroupDraft) => void,
  words: Partial<Record<GroupRefusal, DiskPartFailure>> = {},
): Promise<void> {
  try {
    await host.editDisks(
      own.disks.map(({ view }) => view.number),
      volumes.map(({ number }) => number),
      (readers) => changeGroup(readers, { now: new Date(), newGuid }, edit),
    );
  } catch (error) {
    if (!(error instanceof GroupChangeError)) throw error;
    throw words[error.refusal] ?? serviceFailure(reasons[error.refusal], error);
  }
}
