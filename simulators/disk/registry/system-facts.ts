import type { Hive } from '../regf';
import { currentControlSet } from './control-set';

/** Values of `partmgr\Parameters\SanPolicy`. 1 was seen in client hives; the others are general knowledge. */
export const SanPolicyCode = {
  onlineAll: 1,
  offlineShared: 2,
  offlineAll: 3,
  offlineInternal: 4,
} as const;

const SAN_KEY = 'Services\\partmgr\\Parameters';
const NAME_KEYS = [
  'Control\\ComputerName\\ComputerName',
  'Control\\ComputerName\\ActiveComputerName',
] as const;
const DISK_GROUP_KEY = 'Services\\dmio\\Boot Info\\Primary Disk Group';
const HOST_KEY = 'Services\\Tcpip\\Parameters';

/** A SYSTEM hive's SAN policy (see SanPolicyCode); undefined where none was ever set. */
export function sanPolicyOf(system: Hive): number | undefined {
  return system.key(`${currentControlSet(system)}\\${SAN_KEY}`)?.getDword('SanPolicy');
}

export function setSanPolicy(system: Hive, policy: number): void {
  system.createKey(`${currentControlSet(system)}\\${SAN_KEY}`).setDword('SanPolicy', policy);
}

/** NetBIOS name of the computer, upper case, or else that of TCP/IP; undefined where the hive has neither. */
export function computerNameOf(system: Hive): string | undefined {
  const controlSet = currentControlSet(system);
  for (const path of NAME_KEYS) {
    const name = system.key(`${controlSet}\\${path}`)?.getString('ComputerName');
    if (name !== undefined && name !== '') return name;
  }
  const host = system.key(`${controlSet}\\${HOST_KEY}`)?.getString('Hostname');
  return host === undefined || host === '' ? undefined : host.slice(0, 15).toUpperCase();
}

/**
 * Makes the names active that were set for the next start, as Windows does: `ActiveComputerName` follows `ComputerName`,
 * and `Hostname` follows `NV Hostname`. Returns whether anything changed.
 */
export function activateNames(system: Hive): boolean {
  const controlSet = currentControlSet(system);
  const [waiting, active] = NAME_KEYS.map((path) => `${controlSet}\\${path}`);
  const computer = follow(system, [waiting!, 'ComputerName'], [active!, 'ComputerName']);
  const tcpip = `${controlSet}\\${HOST_KEY}`;
  return follow(system, [tcpip, 'NV Hostname'], [tcpip, 'Hostname']) || computer;
}

/** Copies a text from one value (key, name) to another one. Returns whether that changed anything. */
function follow(
  system: Hive,
  [fromKey, fromName]: readonly [string, string],
  [toKey, toName]: readonly [string, string],
): boolean {
  const text = system.key(fromKey)?.getString(fromName);
  if (text === undefined || system.key(toKey)?.getString(toName) === text) return false;
  system.createKey(toKey).setString(toName, text);
  return true;
}

/**
 * Names the computer: both ComputerName values (15 characters at most, upper case) and the TCP/IP host name, in its
 * own case.
 */
export function setComputerName(system: Hive, name: string): void {
  if (!/^[A-Za-z0-9-]{1,63}$/.test(name)) {
    throw new TypeError(`"${name}" is no computer name: 1 to 63 letters, digits and hyphens`);
  }
  const controlSet = currentControlSet(system);
  for (const path of NAME_KEYS) {
    system.createKey(`${controlSet}\\${path}`).setString('ComputerName', name.slice(0, 15).toUpperCase());
  }
  const tcpip = system.createKey(`${controlSet}\\${HOST_KEY}`);
  tcpip.setString('Hostname', name);
  if (tcpip.getValue('NV Hostname') !== undefined) tcpip.setString('NV Hostname', name);
}

/** `Nls\CodePage\OEMCP`: the code page of new consoles; undefined where the hive does not say. */
export function oemCodePageOf(system: Hive): number | undefined {
  const text = system.key(`${currentControlSet(system)}\\Control\\Nls\\CodePage`)?.getString('OEMCP');
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}

/** `Lsa\LimitBlankPasswordUse`: accounts without a password are for the console only, unless it is 0 (Microsoft's docs). */
export function limitBlankPasswordsOf(system: Hive): boolean {
  return system.key(`${currentControlSet(system)}\\Control\\Lsa`)?.getDword('LimitBlankPasswordUse') !== 0;
}

/**
 * Name of the primary disk group: dynamic disks of other groups are foreign. The key is that of Windows 2000 and 2003
 * (KB222189); where later versions keep it was not found, so the stand-in uses this one for all.
 */
export function primaryDiskGroupOf(system: Hive): string | undefined {
  return system.key(`${currentControlSet(system)}\\${DISK_GROUP_KEY}`)?.getString('Name');
}

export function setPrimaryDiskGroup(system: Hive, name: string): void {
  system.createKey(`${currentControlSet(system)}\\${DISK_GROUP_KEY}`).setString('Name', name);
}

/** What a SOFTWARE hive says of its Windows. */
export interface WindowsVersion {
  readonly productName: string | undefined;
  readonly editionId: string | undefined;
  /** As `ver` prints it, e.g. `6.1.7601` or `10.0.20348`; undefined where the hive does not say. */
  readonly version: string | undefined;
}

/** Windows 10 and later still call themselves 6.3 in `CurrentVersion`; the build tells them apart. */
export function windowsVersionOf(software: Hive): WindowsVersion {
  const key = software.key('Microsoft\\Windows NT\\CurrentVersion');
  const current = key?.getString('CurrentVersion');
  const build = key?.getString('CurrentBuild') ?? key?.getString('CurrentBuildNumber');
  const newer = Number(build) >= 10240;
  return {
    productName: key?.getString('ProductName'),
    editionId: key?.getString('EditionID'),
    version:
      build === undefined || (current === undefined && !newer)
        ? undefined
        : `${newer ? '10.0' : current}.${build}`,
  };
}
