import { currentControlSet } from '../../../disk/sam';
import { type FileAccess, readHiveFile, WindowsError } from '../../shell';
import type { WindowsHost } from '../../windows-host';
import type { Command } from './command';
import { InvalidArguments, serviceFailure } from './failure';
import { parseParameters } from './parameters';

// Values of `SanPolicy`: 1 was seen in client hives; the others are general knowledge.
const policies = [
  [1, 'OnlineAll', 'Online All'],
  [2, 'OfflineShared', 'Offline Shared'],
  [3, 'OfflineAll', 'Offline All'],
  [4, 'OfflineInternal', 'Offline Internal'],
] as const;

const systemHive = (host: WindowsHost): string => `${host.systemDrive}:\\Windows\\System32\\config\\SYSTEM`;

async function openParameters(host: WindowsHost, files: FileAccess) {
  const hive = await readHiveFile(files, systemHive(host));
  const path = `${currentControlSet(hive)}\\Services\\partmgr\\Parameters`;
  return { hive, path };
}

async function currentPolicy(host: WindowsHost, files: FileAccess): Promise<number> {
  try {
    const { hive, path } = await openParameters(host, files);
    return hive.key(path)?.getDword('SanPolicy') ?? 2;
  } catch (error) {
    // A system without the hive file behaves as servers do by default.
    if (error instanceof WindowsError && (error.code === 2 || error.code === 3)) return 2;
    throw error;
  }
}

/** `san`, `san policy=OnlineAll`: kept in the running system's SYSTEM hive (`partmgr\Parameters\SanPolicy`). */
export const san: Command = async ({ host, files, say }, words) => {
  const name = parseParameters(words, { values: ['policy'] })
    .values.get('policy')
    ?.toLowerCase();
  if (name === undefined) {
    const value = await currentPolicy(host, files);
    const text = policies.find(([code]) => code === value)?.[2] ?? 'Offline Shared';
    return say(`SAN Policy  : ${text}`);
  }
  const policy = policies.find(([, one]) => one.toLowerCase() === name);
  if (!policy) throw new InvalidArguments();
  try {
    const { hive, path } = await openParameters(host, files);
    hive.createKey(path).setDword('SanPolicy', policy[0]);
    await files.writeAtomically(systemHive(host), hive.serialize());
  } catch (error) {
    if (error instanceof WindowsError) throw serviceFailure(error.message, error);
    throw error;
  }
  // The blank before the full stop is in the real output.
  say('DiskPart successfully changed the SAN policy for the current operating system .');
};
