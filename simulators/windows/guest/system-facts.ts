import type { Hive } from '../../disk/regf';
import {
  computerNameOf,
  primaryDiskGroupOf,
  SanPolicyCode,
  sanPolicyOf,
  windowsVersionOf,
} from '../../disk/registry';
import { openHiveFile, type SanPolicy } from '../host';
import { actualPath } from './actual-path';

/** What the running system's own registry says about it. */
export interface SystemFacts {
  readonly hostName: string;
  /** As `ver` prints it, e.g. `6.1.7601` or `10.0.20348`. */
  readonly version: string;
  readonly sanPolicy: SanPolicy;
  /** Name of the primary disk group (see primaryDiskGroupOf). */
  readonly primaryDiskGroup: string | undefined;
}

const policies: Readonly<Record<number, SanPolicy>> = {
  [SanPolicyCode.onlineAll]: 'OnlineAll',
  [SanPolicyCode.offlineShared]: 'OfflineShared',
  [SanPolicyCode.offlineAll]: 'OfflineAll',
  [SanPolicyCode.offlineInternal]: 'OfflineInternal',
};

/** Reads the facts out of the SYSTEM and SOFTWARE hives of a mounted Windows. @param root its mount point. */
export async function readSystemFacts(root: string): Promise<SystemFacts> {
  const hive = async (name: string): Promise<Hive> => {
    const path = await actualPath(root, `\\Windows\\System32\\config\\${name}`);
    try {
      return await openHiveFile(path);
    } catch (error) {
      throw new Error(`The running system's ${name} hive cannot be read from ${path}.`, { cause: error });
    }
  };
  const system = await hive('SYSTEM');
  return {
    hostName: computerNameOf(system) ?? 'WINDOWS',
    version: windowsVersionOf(await hive('SOFTWARE')).version ?? '6.1.7601',
    sanPolicy: policies[sanPolicyOf(system) ?? SanPolicyCode.offlineShared] ?? 'OfflineShared',
    primaryDiskGroup: primaryDiskGroupOf(system),
  };
}
