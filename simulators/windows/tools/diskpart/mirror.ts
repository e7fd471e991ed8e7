import { addMirror, breakMirror, repairVolume } from '../../../disk/ldm';
import type { WindowsHost } from '../../windows-host';
import type { Command } from './command';
import { InvalidArguments, serviceFailure } from './failure';
import { focusedVolume, focusVolume } from './focus';
import {
  changeOwnGroup,
  diskOfGroup,
  groupOfVolume,
  invalidDisk,
  missingDisks,
  type OwnGroup,
} from './own-group';
import { joinDisk, parseParameters } from './parameters';

/** A disk of the group by its number, or a missing one by its name: `1`, `M0`. */
async function diskGuid(host: WindowsHost, own: OwnGroup, text: string | undefined): Promise<string> {
  if (/^m\d+$/i.test(text ?? '')) {
    const missing = (await missingDisks(host)).find(({ name }) => name.toLowerCase() === text?.toLowerCase());
    if (!missing || missing.group.group.guid !== own.group.guid) throw invalidDisk();
    return missing.guid;
  }
  if (!/^\d{1,9}$/.test(text ?? '')) throw new InvalidArguments();
  return diskOfGroup(host, own, Number(text));
}

// vdserr.h of the Windows SDK, VDS_E_VOLUME_SIMPLE_SPANNED, VDS_E_DISK_IN_USE_BY_VOLUME and VDS_E_VOLUME_NOT_A_MIRROR.
const onlySimple = () => serviceFailure('This operation is only supported on simple or spanned volumes.');
const inUse = () => serviceFailure('The disk is already in use by the volume.');
const noMirror = () => serviceFailure('The volume is not a mirror.');

/** `add disk=1`, `add disk 1`: the volume in focus gets a copy on that disk. */
export const addDisk: Command = async (context, words) => {
  const { host, focus, say } = context;
  const volume = await focusedVolume(host, focus);
  const { values } = parseParameters(joinDisk(words), { values: ['disk'] });
  const { own, guid } = await groupOfVolume(host, volume);
  const disk = await diskGuid(host, own, values.get('disk'));
  await changeOwnGroup(context, own, [volume], (draft) => addMirror(draft, guid, disk), {
    'wrong-layout': onlySimple(),
    'wrong-disks': inUse(),
  });
  // Seen on real Windows.
  say('DiskPart succeeded in adding a mirror to the volume.');
};

/** `break disk=M0 nokeep`. A half that is kept is a volume of its own, without a letter, and has the focus. */
export const breakDisk: Command = async (context, words) => {
  const { host, focus, say } = context;
  const volume = await focusedVolume(host, focus);
  const { values, flags } = parseParameters(joinDisk(words), { values: ['disk'], flags: ['nokeep'] });
  const { own, guid } = await groupOfVolume(host, volume);
  const disk = await diskGuid(host, own, values.get('disk'));
  let kept: string | undefined;
  await changeOwnGroup(
    context,
    own,
    [volume],
    (draft) => {
      kept = breakMirror(draft, guid, disk, { keep: !flags.has('nokeep') })?.guid;
    },
    { 'wrong-layout': noMirror(), 'wrong-disks': serviceFailure('The plex is missing.') },
  );
  focus.partition = undefined;
  focus.volume = undefined;
  const half = (await host.volumes()).find(
    ({ location }) => location.style === 'dynamic' && location.volumeGuid === kept,
  );
  if (half) await focusVolume(host, focus, half);
  // Seen on real Windows.
  say('DiskPart successfully broke the mirror volume.');
};

/** `repair disk=4`: that disk takes the place of a missing one. */
export const repair: Command = async (context, words) => {
  const { host, focus, say } = context;
  const volume = await focusedVolume(host, focus);
  const { values } = parseParameters(joinDisk(words), { values: ['disk', 'align'] });
  // Our limit.
  if (values.has('align')) throw serviceFailure('This stand-in aligns dynamic volumes by itself.');
  const { own, guid } = await groupOfVolume(host, volume);
  const disk = await diskGuid(host, own, values.get('disk'));
  await changeOwnGroup(context, own, [volume], (draft) => repairVolume(draft, guid, disk), {
    // vdserr.h of the Windows SDK, VDS_E_REPAIR_VOLUMESTATE.
    'wrong-layout': serviceFailure(
      'To repair a volume, both the volume and plex must be online, and must not be\nhealthy or rebuilding.',
    ),
    'wrong-disks': inUse(),
  });
  // Our text.
  say('DiskPart successfully repaired the volume.');
};
