import { type VolumeCheck, WindowsHostError } from '../windows-host';
import type { Run } from './host-options';
import type { LiveVolume } from './live-volume';
import type { LiveVolumes } from './live-volumes';
import { checkNtfs, repairNtfs } from './ntfs-check';

/** Checks a volume, or mends it while it is not mounted; one that could not be mounted before is looked at anew then. */
export async function checkVolume(
  run: Run,
  volumes: LiveVolumes,
  live: LiveVolume,
  device: string,
  repair: boolean,
): Promise<VolumeCheck> {
  if (!repair) return checkNtfs(run, device);
  if (live.plan.system) {
    throw new WindowsHostError('system-disk', `${live.letter}: is the running system's volume and in use.`);
  }
  for (const disk of live.plan.disks) disk.requireWritable();
  const found = await volumes.without(live, () => repairNtfs(run, device));
  if (live.mountPoint === undefined) await volumes.leave((one) => one === live);
  return found;
}
