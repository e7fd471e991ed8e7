import { expect, it } from 'vitest';
import { createSystemHive } from '../sam';
import { remoteDesktopOf } from '.';

it('Remote Desktop is open on its usual port, and follows what the hive says', () => {
  const system = createSystemHive({ computerName: 'WEB01', bootKey: new Uint8Array(16) });
  expect(remoteDesktopOf(system)).toEqual({ denied: false, port: 3389 });
  const server = system.createKey('ControlSet001\\Control\\Terminal Server');
  server.setDword('fDenyTSConnections', 1);
  server.createKey('WinStations\\RDP-Tcp').setDword('PortNumber', 13_389);
  expect(remoteDesktopOf(system)).toEqual({ denied: true, port: 13_389 });
  server.createKey('WinStations\\RDP-Tcp').setDword('PortNumber', 70_000);
  expect(remoteDesktopOf(system).port).toBe(3389);
});
