import type { Hive } from '../regf';
import { currentControlSet } from './control-set';

const SERVER = 'Control\\Terminal Server';
const DEFAULT_PORT = 3389;

/** How a SYSTEM hive sets up Remote Desktop (Microsoft, "Change the listening port for Remote Desktop"). */
export interface RemoteDesktop {
  /** `fDenyTSConnections` is not 0. */
  readonly denied: boolean;
  readonly port: number;
}

/** Where `fDenyTSConnections` is missing connections are taken (our choice); a port that is none counts as 3389. */
export function remoteDesktopOf(system: Hive): RemoteDesktop {
  const server = system.key(`${currentControlSet(system)}\\${SERVER}`);
  const port = server?.key('WinStations\\RDP-Tcp')?.getDword('PortNumber') ?? DEFAULT_PORT;
  return {
    denied: (server?.getDword('fDenyTSConnections') ?? 0) !== 0,
    port: port > 0 && port < 65_536 ? port : DEFAULT_PORT,
  };
}

/** Connections taken on the usual port. */
export function allowRemoteDesktop(system: Hive): void {
  const server = system.createKey(`${currentControlSet(system)}\\${SERVER}`);
  server.setDword('fDenyTSConnections', 0);
  server.createKey('WinStations\\RDP-Tcp').setDword('PortNumber', DEFAULT_PORT);
}
