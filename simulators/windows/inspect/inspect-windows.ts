import { DiskFormatError } from '../../disk/bytes';
import type { Hive } from '../../disk/regf';
import {
  computerNameOf,
  FIREWALL_PROFILES,
  firewallProfile,
  SanPolicyCode,
  sanPolicyOf,
  windowsVersionOf,
} from '../../disk/registry';
import { bootKeyOf, SamDatabase } from '../../disk/sam';
import type { InstalledWindows } from '../image-host';
import { type FileAccess, readHiveFile, WindowsError } from '../shell';
import { volumeName } from './inspect-volumes';
import type { AccountReport, WindowsReport } from './inspection';

const POLICIES = new Map<number, string>([
  [SanPolicyCode.onlineAll, 'Online All'],
  [SanPolicyCode.offlineShared, 'Offline Shared'],
  [SanPolicyCode.offlineAll, 'Offline All'],
  [SanPolicyCode.offlineInternal, 'Offline Internal'],
]);

/** An installed Windows: what it is, who may log on, what its firewall does. */
export async function inspectWindows(windows: InstalledWindows, files: FileAccess): Promise<WindowsReport> {
  const { system, software, volume } = windows;
  const damage = [...windows.damage];
  const tolerate = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof DiskFormatError)) throw error;
      damage.push(error.message);
      return undefined;
    }
  };
  const version = software && tolerate(() => windowsVersionOf(software));
  const sam = await readSam(files, `${volume.devicePath}\\Windows\\System32\\config\\SAM`, damage);
  // Accounts are told also where another Windows' SYSTEM hive, or none, is beside them.
  const database = sam && tolerate(() => SamDatabase.open(sam, () => bootKeyOf(system!)));
  if (system) tolerate(() => database?.checkBootKey());
  const policy = system && tolerate(() => sanPolicyOf(system));
  return {
    volume: volumeName(volume),
    productName: version?.productName,
    version: version?.version,
    computerName: system && tolerate(() => computerNameOf(system)),
    sanPolicy: policy === undefined ? undefined : (POLICIES.get(policy) ?? `unknown value ${policy}`),
    firewall: system && tolerate(() => firewallOf(system)),
    accounts: (database && tolerate(() => accountsOf(database))) ?? [],
    damage,
  };
}

function firewallOf(system: Hive): Record<string, boolean> {
  return Object.fromEntries(
    FIREWALL_PROFILES.map((profile) => [profile, firewallProfile(system, profile).enabled]),
  );
}

/** What cannot be read is told. */
async function readSam(files: FileAccess, path: string, damage: string[]): Promise<Hive | undefined> {
  try {
    return await readHiveFile(files, path);
  } catch (error) {
    if (error instanceof WindowsError) damage.push('There is no SAM hive, so nobody can log on.');
    else if (error instanceof DiskFormatError) damage.push(error.message);
    else throw error;
    return undefined;
  }
}

function accountsOf(database: SamDatabase): AccountReport[] {
  return database.listAccounts().map(({ name, rid, administrator, enabled, locked, hasPassword }) => ({
    name,
    rid,
    administrator,
    enabled,
    locked,
    hasPassword,
  }));
}
