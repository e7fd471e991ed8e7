import { SanPolicyCode, sanPolicyOf, setSanPolicy } from '../../../disk/registry';
import { WindowsError } from '../../shell';
import { changeSystemHive, type HiveContext, readSystemHive } from '../system-hives';
import type { Command } from './command';
import { InvalidArguments, serviceFailure } from './failure';
import { parseParameters } from './parameters';

const policies = [
  [SanPolicyCode.onlineAll, 'OnlineAll', 'Online All'],
  [SanPolicyCode.offlineShared, 'OfflineShared', 'Offline Shared'],
  [SanPolicyCode.offlineAll, 'OfflineAll', 'Offline All'],
  [SanPolicyCode.offlineInternal, 'OfflineInternal', 'Offline Internal'],
] as const;

async function currentPolicy(context: HiveContext): Promise<number> {
  try {
    return sanPolicyOf(await readSystemHive(context, 'SYSTEM')) ?? SanPolicyCode.offlineShared;
  } catch (error) {
    // A system without the hive file behaves as servers do by default.
    if (error instanceof WindowsError && (error.code === 2 || error.code === 3))
      return SanPolicyCode.offlineShared;
    throw error;
  }
}

/** `san`, `san policy=OnlineAll`: kept in the running system's SYSTEM hive (`partmgr\Parameters\SanPolicy`). */
export const san: Command = async ({ host, files, say }, words) => {
  const name = parseParameters(words, { values: ['policy'] })
    .values.get('policy')
    ?.toLowerCase();
  if (name === undefined) {
    const value = await currentPolicy({ host, files });
    const text = policies.find(([code]) => code === value)?.[2] ?? 'Offline Shared';
    return say(`SAN Policy  : ${text}`);
  }
  const policy = policies.find(([, one]) => one.toLowerCase() === name);
  if (!policy) throw new InvalidArguments();
  try {
    await changeSystemHive({ host, files }, 'SYSTEM', (system) => setSanPolicy(system, policy[0]));
  } catch (error) {
    if (error instanceof WindowsError) throw serviceFailure(error.message, error);
    throw error;
  }
  // The blank before the full stop is in the real output.
  say('DiskPart successfully changed the SAN policy for the current operating system .');
};
