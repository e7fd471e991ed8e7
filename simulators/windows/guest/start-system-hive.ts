import { activateNames, chooseControlSet } from '../../disk/registry';
import { localHiveStorage, saveHive } from '../hive-files';
import { openHiveFile } from '../host';
import { actualPath } from './actual-path';

/**
 * Writes into the SYSTEM hive what Windows writes there at a start before anything else reads it: the control set, and
 * the names that now count.
 * @param mountPoint of the system's volume, where 2003 calls its folder `WINDOWS`
 * @returns the hive's file. @throws Error where it cannot be read or written
 */
export async function startSystemHive(
  mountPoint: string,
  controlSet: 'default' | 'last-known-good',
): Promise<string> {
  const path = await actualPath(mountPoint, '\\Windows\\System32\\config\\SYSTEM');
  const system = await openHiveFile(path);
  const chosen = chooseControlSet(system, controlSet);
  const named = activateNames(system);
  if (chosen || named) await saveHive(localHiveStorage, path, system);
  return path;
}
