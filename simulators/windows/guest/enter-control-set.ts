import { chooseControlSet } from '../../disk/registry';
import { openHiveFile } from '../host';
import { replaceFile } from '../shell';

/**
 * Writes the control set of this start into the SYSTEM hive, as Windows does before anything else reads it.
 * @param path the hive's file. @throws Error where it cannot be read or written
 */
export async function enterControlSet(path: string, which: 'default' | 'last-known-good'): Promise<void> {
  const system = await openHiveFile(path);
  if (chooseControlSet(system, which)) await replaceFile(path, system.serialize());
}
