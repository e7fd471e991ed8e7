import type { Hive } from '../regf';
import { currentControlSet } from './control-set';
import { ServiceStart, ServiceType } from './services';

/** A service or driver that every Windows has. */
export interface StandardService {
  readonly name: string;
  /** What the tools of an English Windows show (general knowledge); the hives of real ones hold resource numbers. */
  readonly displayName: string;
  readonly type: number;
  readonly start: number;
  readonly imagePath: string;
  readonly objectName?: string;
  readonly dependencies?: readonly string[];
}

const SYSTEM = 'LocalSystem';
const LOCAL = 'NT AUTHORITY\\LocalService';
const NETWORK = 'NT AUTHORITY\\NetworkService';

/** A service inside of svchost.exe. */
function shared(
  name: string,
  displayName: string,
  start: keyof typeof ServiceStart,
  group: string,
  objectName: string,
  ...dependencies: readonly string[]
): StandardService {
  const imagePath = `%SystemRoot%\\system32\\svchost.exe -k ${group}`;
  const type = ServiceType.shareProcess;
  return { name, displayName, type, start: ServiceStart[start], imagePath, objectName, dependencies };
}

/** A service with an executable of its own. */
function own(
  name: string,
  displayName: string,
  start: keyof typeof ServiceStart,
  file: string,
  ...dependencies: readonly string[]
): StandardService {
  const imagePath = `%SystemRoot%\\System32\\${file}`;
  const type = ServiceType.ownProcess;
  return { name, displayName, type, start: ServiceStart[start], imagePath, objectName: SYSTEM, dependencies };
}

function driver(name: string, displayName: string): StandardService {
  const imagePath = `System32\\drivers\\${name.toLowerCase()}.sys`;
  return { name, displayName, type: ServiceType.kernelDriver, start: ServiceStart.boot, imagePath };
}

/**
 * Types, start types, hosts, accounts and dependencies as in the SYSTEM samples; Remote Desktop starts by itself here,
 * as on the rented servers that this is about, and so does the SSH server, which those with OpenSSH have.
 */
export const STANDARD_SERVICES: readonly StandardService[] = [
  shared('BFE', 'Base Filtering Engine', 'auto', 'LocalServiceNoNetwork', LOCAL, 'RpcSs'),
  shared('Dhcp', 'DHCP Client', 'auto', 'LocalServiceNetworkRestricted', LOCAL, 'NSI', 'Tdx', 'Afd'),
  shared('Dnscache', 'DNS Client', 'auto', 'NetworkService', NETWORK, 'Tdx', 'nsi'),
  shared('EventLog', 'Windows Event Log', 'auto', 'LocalServiceNetworkRestricted', LOCAL),
  shared('gpsvc', 'Group Policy Client', 'auto', 'netsvcs', SYSTEM, 'RPCSS', 'Mup'),
  shared('LanmanServer', 'Server', 'auto', 'netsvcs', SYSTEM, 'SamSS', 'Srv'),
  shared('LanmanWorkstation', 'Workstation', 'auto', 'NetworkService', NETWORK, 'Bowser', 'MRxSmb20', 'NSI'),
  shared('MpsSvc', 'Windows Firewall', 'auto', 'LocalServiceNoNetwork', LOCAL, 'mpsdrv', 'bfe'),
  own('Netlogon', 'Netlogon', 'demand', 'lsass.exe', 'LanmanWorkstation'),
  shared('PlugPlay', 'Plug and Play', 'auto', 'DcomLaunch', SYSTEM),
  shared('ProfSvc', 'User Profile Service', 'auto', 'netsvcs', SYSTEM, 'RpcSs'),
  shared('RemoteRegistry', 'Remote Registry', 'auto', 'regsvc', LOCAL, 'RPCSS'),
  shared('RpcSs', 'Remote Procedure Call (RPC)', 'auto', 'rpcss', NETWORK, 'RpcEptMapper', 'DcomLaunch'),
  own('SamSs', 'Security Accounts Manager', 'auto', 'lsass.exe', 'RPCSS'),
  shared('Schedule', 'Task Scheduler', 'auto', 'netsvcs', SYSTEM, 'RPCSS', 'EventLog'),
  shared('SessionEnv', 'Remote Desktop Configuration', 'demand', 'netsvcs', SYSTEM, 'RPCSS'),
  own('sshd', 'OpenSSH SSH Server', 'auto', 'OpenSSH\\sshd.exe'),
  own('Spooler', 'Print Spooler', 'auto', 'spoolsv.exe', 'RPCSS', 'http'),
  shared('TermService', 'Remote Desktop Services', 'auto', 'NetworkService', NETWORK, 'RPCSS', 'TermDD'),
  shared(
    'UmRdpService',
    'Remote Desktop Services UserMode Port Redirector',
    'demand',
    'LocalSystemNetworkRestricted',
    SYSTEM,
    'TermService',
  ),
  own('vds', 'Virtual Disk', 'demand', 'vds.exe', 'RpcSs', 'PlugPlay'),
  shared('W32Time', 'Windows Time', 'auto', 'LocalService', LOCAL),
  shared('Winmgmt', 'Windows Management Instrumentation', 'auto', 'netsvcs', SYSTEM, 'RPCSS'),
  shared(
    'WinRM',
    'Windows Remote Management (WS-Management)',
    'auto',
    'NetworkService',
    NETWORK,
    'RPCSS',
    'HTTP',
  ),
  shared('wuauserv', 'Windows Update', 'auto', 'netsvcs', SYSTEM, 'rpcss'),
  driver('disk', 'Disk Driver'),
  driver('mountmgr', 'Mount Point Manager'),
  driver('partmgr', 'Partition Manager'),
  driver('Tcpip', 'TCP/IP Protocol Driver'),
  driver('volmgr', 'Volume Manager Driver'),
  driver('volmgrx', 'Dynamic Volume Manager'),
];

/** What Windows Server 2003 had in place of the filtering engine and its firewall (general knowledge). */
const CLASSIC_FIREWALL = shared(
  'SharedAccess',
  'Windows Firewall/Internet Connection Sharing (ICS)',
  'auto',
  'netsvcs',
  SYSTEM,
  'Netman',
  'WinMgmt',
);
const WITHOUT_CLASSIC = ['BFE', 'MpsSvc'];

/**
 * Puts the services into the current control set of a SYSTEM hive that is being made.
 * @param classic with the firewall of Windows Server 2003
 */
export function addStandardServices(system: Hive, classic = false): void {
  const services = system.createKey(`${currentControlSet(system)}\\Services`);
  const standard = classic
    ? [...STANDARD_SERVICES.filter(({ name }) => !WITHOUT_CLASSIC.includes(name)), CLASSIC_FIREWALL]
    : STANDARD_SERVICES;
  for (const service of standard) {
    const key = services.createKey(service.name);
    key.setDword('Type', service.type);
    key.setDword('Start', service.start);
    key.setDword('ErrorControl', 1);
    key.setExpandString('ImagePath', service.imagePath);
    key.setString('DisplayName', service.displayName);
    if (service.objectName !== undefined) key.setString('ObjectName', service.objectName);
    if (service.dependencies !== undefined && service.dependencies.length > 0)
      key.setStrings('DependOnService', service.dependencies);
  }
}
