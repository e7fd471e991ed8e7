import { activateNames, chooseControlSet } from '../../disk/registry';
import { localHiveStorage, saveHive } from '../hive-files';
import { openHiveFile } from '../host';

/**
 * Writes into the SYSTEM hive what Windows writes there at a start before anything else reads it: the control set, and
 * the names that now count.
 * @param path the hive's file. @throws Error where it cannot be read or written
 */
export async function startSystemHive(
  path: string,
  controlSet: 'default' | 'last-known-good',
): Promise<void> {
  const system = await openHiveFile(path);
  const chosen = chooseControlSet(system, controlSet);
  const named = activateNames(system);
  if (chosen || named) await saveHive(localHiveStorage, path, system);
}
