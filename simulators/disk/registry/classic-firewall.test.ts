import { beforeEach, expect, test } from 'vitest';
import type { Hive } from '../regf';
import { createSystemHive } from '../sam';
import { firewallOf, type InboundEndpoint, isOpen, type RemoteNames } from '.';

const ssh: InboundEndpoint = { protocol: 'tcp', number: 22, programs: ['sshd.exe'], service: 'sshd' };
const rdp: InboundEndpoint = { protocol: 'tcp', number: 3389, programs: ['system'], service: 'termservice' };
const ping: InboundEndpoint = { protocol: 'icmp', number: 8, programs: ['system'], service: '' };
const PROFILE = 'ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\StandardProfile';
const PORTS = `${PROFILE}\\GloballyOpenPorts\\List`;
const everybody = { v4: 'any', v6: 'any' };

let system: Hive;
beforeEach(() => {
  system = createSystemHive({ computerName: 'WEB01', bootKey: new Uint8Array(16), classicFirewall: true });
});
const policy = (endpoint: InboundEndpoint, names: RemoteNames = new Map()) =>
  firewallOf(system).policy(system, endpoint, names);
const open = () => [ssh, rdp, ping].map((endpoint) => isOpen(policy(endpoint)));

test('Windows Server 2003 has another firewall service than later versions', () => {
  expect(firewallOf(system).service).toBe('sharedaccess');
  const later = createSystemHive({ computerName: 'WEB01', bootKey: new Uint8Array(16) });
  expect(firewallOf(later).service).toBe('mpssvc');
});

test('on a rented server it lets SSH, Remote Desktop and ping in, and blocks the rest', () => {
  expect(open()).toEqual([true, true, true]);
  expect(policy({ ...rdp, number: 3390 })).toEqual({ blocked: [], allowed: [], otherwise: 'block' });
  expect(isOpen(policy({ ...rdp, number: 445 }))).toBe(false);
});

test('no exception counts when none is allowed, and nothing is blocked when it is off', () => {
  system.createKey(PROFILE).setDword('DoNotAllowExceptions', 1);
  expect(open()).toEqual([false, false, false]);
  system.createKey(PROFILE).setDword('EnableFirewall', 0);
  expect(open()).toEqual([true, true, true]);
});

test('an exception is one while it is enabled', () => {
  const ports = system.createKey(PORTS);
  ports.setString('3389:TCP', '3389:TCP:*:Disabled:@xpsp2res.dll,-22009');
  expect(open()).toEqual([true, false, true]);
  ports.deleteValue('22:TCP');
  system.createKey(`${PROFILE}\\IcmpSettings`).setDword('AllowInboundEchoRequest', 0);
  expect(open()).toEqual([false, false, false]);
});

test('a program may be an exception, whose path and name hold colons', () => {
  system.createKey(PORTS).deleteValue('22:TCP');
  const programs = system.createKey(`${PROFILE}\\AuthorizedApplications\\List`);
  programs.setString('other', 'C:\\Tools\\other.exe:*:Enabled:other');
  expect(isOpen(policy(ssh))).toBe(false);
  programs.setString('ssh', 'C:\\WINDOWS\\system32\\OpenSSH\\sshd.exe:*:Enabled:SSH: remote shell');
  expect(policy(ssh).allowed).toEqual([everybody]);
});

test('a scope names addresses, networks with masks and the local network', () => {
  system
    .createKey(PORTS)
    .setString('22:TCP', '22:TCP:10.1.2.3/255.255.255.255,192.168.0.0/255.255.0.0,LocalSubNet:Enabled:SSH');
  const names = new Map([['localsubnet', ['10.0.2.0/24', 'fe80::/64']]]);
  expect(policy(ssh, names).allowed).toEqual([
    { v4: ['10.1.2.3/32', '192.168.0.0/16', '10.0.2.0/24'], v6: [] },
  ]);
});

test('a value of another form is no exception, and shuts nobody else out', () => {
  system.createKey(PORTS).setString('3389:TCP', 'rubbish');
  expect(open()).toEqual([true, false, true]);
});
