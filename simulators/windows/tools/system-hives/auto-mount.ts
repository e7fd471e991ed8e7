import { toHex } from '../../../disk/bytes';
import { currentControlSet, encodeMountedLocation } from '../../../disk/sam';
import { type FileAccess, WindowsError } from '../../shell';
import type { VolumeView, WindowsHost } from '../../windows-host';
import { readSystemHive } from './hive-files';
import { tryChangeSystem } from './try-change';

/**
 * `NoAutoMount` of the mount manager. Real Windows obeys it when a disk comes; the lab's host gives letters all the same
 * (our limit). False where the hive cannot be changed.
 */
export function setAutoMount(host: WindowsHost, files: FileAccess, on: boolean): Promise<boolean> {
  return tryChangeSystem({ host, files }, (hive) => {
    const manager = hive.createKey(`${currentControlSet(hive)}\\Services\\mountmgr`);
    manager.setDword('NoAutoMount', on ? 0 : 1);
  });
}

/** Whether new volumes get letters: they do where the hive says nothing, or is not there. */
export async function autoMounts(host: WindowsHost, files: FileAccess): Promise<boolean> {
  try {
    const hive = await readSystemHive({ host, files }, 'SYSTEM');
    return hive.key(`${currentControlSet(hive)}\\Services\\mountmgr`)?.getDword('NoAutoMount') !== 1;
  } catch (error) {
    if (error instanceof WindowsError && (error.code === 2 || error.code === 3)) return true;
    throw error;
  }
}

/** Takes the letters of MBR and GPT volumes that are not attached out of `MountedDevices`. Other devices stay. */
export function forgetAbsentVolumes(
  host: WindowsHost,
  files: FileAccess,
  volumes: readonly VolumeView[],
): Promise<boolean> {
  const present = new Set(volumes.map(({ location }) => toHex(encodeMountedLocation(location))));
  return tryChangeSystem({ host, files }, (hive) => {
    const devices = hive.key('MountedDevices');
    for (const { name, data } of devices?.values() ?? []) {
      // 12 bytes name an MBR volume, 24 a GPT or dynamic one (formats.md, section 3).
      const isVolume = data.length === 12 || data.length === 24;
      if (isVolume && !present.has(toHex(data))) devices?.deleteValue(name);
    }
  });
}
