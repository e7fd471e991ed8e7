import type { Hive } from '../../disk/regf';

/** What this Windows remembers of the cloud's instances that it has been. */
export interface InstanceMemory {
  /** Whether the password of this instance was set here before. */
  hasPassword(instance: string): Promise<boolean>;
  passwordIsSet(instance: string): Promise<void>;
}

/** Where cloudbase-init notes what it has done, and its plugin for the password (`PLUGIN_EXECUTION_DONE` is 1). */
const keyOf = (instance: string): string => `Cloudbase Solutions\\Cloudbase-Init\\${instance}\\Plugins`;
const PLUGIN = 'SetUserPasswordPlugin';
const DONE = 1;

/** The memory in a SOFTWARE hive, where cloudbase-init has it. @param changeHive reads and writes that hive */
export function softwareHiveMemory(
  changeHive: <T>(change: (hive: Hive) => T) => Promise<T>,
  readHive: () => Promise<Hive>,
): InstanceMemory {
  return {
    hasPassword: async (instance) => (await readHive()).key(keyOf(instance))?.getDword(PLUGIN) === DONE,
    passwordIsSet: (instance) =>
      changeHive((hive) => hive.createKey(keyOf(instance)).setDword(PLUGIN, DONE)).then(() => undefined),
  };
}
