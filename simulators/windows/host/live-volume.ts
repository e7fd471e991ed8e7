import { recogniseVolume } from '../../disk/ntfs';
import { type VolumeView, WindowsHostError } from '../windows-host';
import type { VolumePlan } from './volume-plan';

/** A volume as it is served now. */
export interface LiveVolume {
  plan: VolumePlan;
  /** N of `\Device\HarddiskVolumeN`. */
  readonly deviceNumber: number;
  letter: string | undefined;
  label: string;
  fileSystem: string;
  /** The low half of its serial number, which `vol` shows. */
  serialNumber: number | undefined;
  device: string | undefined;
  mapped: readonly string[];
  mountPoint: string | undefined;
  /** Mounted, or to be mounted, for writing. */
  writable: boolean;
  /** Taken offline by hand: not mounted until it is brought online. */
  offline: boolean;
}

/**
 * Looks which file system the volume holds; Windows calls what it does not know RAW.
 * @throws DiskFormatError where it names a file system that is damaged
 */
export function identify(live: LiveVolume): void {
  const { content } = live.plan;
  const identity = content && recogniseVolume(content);
  live.fileSystem = identity?.fileSystem ?? 'RAW';
  live.label = identity?.label ?? '';
  live.serialNumber = identity && Number(BigInt.asUintN(32, identity.serial));
}

export const systemVolume = (letter: string | undefined): WindowsHostError =>
  new WindowsHostError('system-volume', `${letter}: is the running system's volume and in use.`);

/** Refuses what only an NTFS volume can have done, and the volume of the running system, which stays mounted. */
export function requireOwnNtfs({ plan, letter, fileSystem }: LiveVolume): void {
  if (plan.system) throw systemVolume(letter);
  if (fileSystem !== 'NTFS')
    throw new WindowsHostError('not-supported', `The volume holds ${fileSystem}; only NTFS can be changed.`);
}

/** What tools see of it. @param number as `list volume` counts */
export function viewOf(live: LiveVolume, number: number): VolumeView {
  const { plan } = live;
  return {
    number,
    letter: live.letter,
    label: live.label,
    fileSystem: live.fileSystem,
    type: plan.type,
    sizeBytes: plan.sizeBytes,
    status: live.offline ? 'Offline' : plan.status,
    info: infoOf(plan),
    diskNumbers: plan.disks.map((disk) => disk.number),
    devicePath: `\\Device\\HarddiskVolume${live.deviceNumber}`,
    location: plan.location,
    serialNumber: live.serialNumber,
    mountPoint: live.mountPoint,
    withoutLetter: plan.withoutLetter,
  };
}

function infoOf({ disks, active, system, hidden }: VolumePlan): VolumeView['info'] {
  if (disks[0]?.number === 0 && active) return 'System';
  if (system) return 'Boot';
  return hidden ? 'Hidden' : '';
}

/** Changes when the volume must be unmounted and set up again. */
export function fingerprint({ source, readOnly, resynced }: VolumePlan): string {
  return JSON.stringify([source, readOnly, resynced]);
}
