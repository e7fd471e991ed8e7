import { beforeEach, describe, expect, it } from 'vitest';
import type { Hive } from '../regf';
import { createSystemHive } from '../sam';
import {
  changeFirewallProfile,
  FIREWALL_PROFILES,
  firewallOf,
  type InboundEndpoint,
  isOpen,
  parseFirewallRule,
  putFirewallRule,
  type RemoteNames,
} from '.';

const ssh: InboundEndpoint = { protocol: 'tcp', number: 22, programs: ['sshd.exe'], service: 'sshd' };
const rdp: InboundEndpoint = {
  protocol: 'tcp',
  number: 3389,
  programs: ['system', 'svchost.exe'],
  service: 'termservice',
};
const ping: InboundEndpoint = { protocol: 'icmp', number: 8, programs: ['system'], service: '' };
const everybody = { v4: 'any', v6: 'any' };

let system: Hive;
beforeEach(() => {
  system = createSystemHive({ computerName: 'WEB01', bootKey: new Uint8Array(16) });
});
const policy = (endpoint: InboundEndpoint, names: RemoteNames = new Map()) =>
  firewallOf(system).policy(system, endpoint, names);
const open = () => [ssh, rdp, ping].map((endpoint) => isOpen(policy(endpoint)));
const put = (id: string, text: string) =>
  putFirewallRule(system, { id, rule: parseFirewallRule(text, { key: 'FirewallRules', value: id }) });
/** Whether a rule with these fields lets anybody in to an endpoint that no other rule is about. */
const lets = (fields: string, endpoint: InboundEndpoint): boolean => {
  const other = { ...endpoint, number: endpoint.number + 1 };
  put('{ONE}', `v2.10|${fields}Name=one|`);
  return policy(other).allowed.length > 0;
};

describe('the firewall of a rented server', () => {
  it('lets SSH, Remote Desktop and ping in, and blocks the rest', () => {
    expect(open()).toEqual([true, true, true]);
    expect(policy({ ...rdp, number: 3390 })).toEqual({ blocked: [], allowed: [], otherwise: 'block' });
  });

  it('is decided by the public profile alone', () => {
    for (const profile of FIREWALL_PROFILES)
      changeFirewallProfile(system, profile, { exceptionsForbidden: profile !== 'public' });
    expect(open()).toEqual([true, true, true]);
    changeFirewallProfile(system, 'public', { exceptionsForbidden: true });
    expect(open()).toEqual([false, false, false]);
    changeFirewallProfile(system, 'public', { enabled: false });
    expect(open()).toEqual([true, true, true]);
  });

  it('lets everything in that no rule blocks, where that is the default', () => {
    changeFirewallProfile(system, 'public', { inboundBlocked: false });
    put('{1}', 'v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=22|Name=no|');
    expect(open()).toEqual([false, true, true]);
  });
});

describe('a rule', () => {
  it('that blocks goes before one that allows', () => {
    put('{1}', 'v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort2_10=3000-4000|RA4=10.1.2.3|Name=no|');
    expect(policy(rdp)).toEqual({
      blocked: [{ v4: ['10.1.2.3'], v6: [] }],
      allowed: [everybody],
      otherwise: 'block',
    });
    expect(isOpen(policy(rdp))).toBe(false);
  });

  it.each([
    ['for another port', 'LPort=80|', false],
    ['for one port of a list', 'LPort=80|LPort=23|', true],
    ['for a range', 'LPort2_10=20-30|', true],
    ['for a word', 'LPort=RPC|', false],
    ['for all ports', '', true],
    ['for its program', 'App=C:\\Windows\\System32\\OpenSSH\\SSHD.exe|', true],
    ['for another program', 'App=C:\\tools\\other.exe|', false],
    ['for another service', 'Svc=termservice|', false],
    ['for all services', 'Svc=*|', true],
    ['for a remote port', 'RPort=67|', false],
    ['for connections that IPsec secures', 'Security=Authenticate|', false],
    ['for another profile', 'Profile=Domain|Profile=Private|', false],
    ['for the public profile among others', 'Profile=Domain|Profile=Public|', true],
  ])('%s', (_name, fields, expected) => {
    expect(lets(`Action=Allow|Active=TRUE|Dir=In|Protocol=6|${fields}`, ssh)).toBe(expected);
  });

  it.each([
    ['is not active', 'Action=Allow|Active=FALSE|Dir=In|', false],
    ['is for the way out', 'Action=Allow|Active=TRUE|Dir=Out|', false],
    ['is for another protocol', 'Action=Allow|Active=TRUE|Dir=In|Protocol=17|', false],
    ['is for every protocol', 'Action=Allow|Active=TRUE|Dir=In|', true],
    ['is for secured connections', 'Action=ByPass|Active=TRUE|Dir=In|', false],
  ])('that %s', (_name, fields, expected) => {
    expect(lets(fields, ssh)).toBe(expected);
  });

  it.each([
    ['all messages', '', true],
    ['the echo request', 'ICMP4=8:*|', true],
    ['another message', 'ICMP4=3:4|', false],
    ['every type', 'ICMP4=*:*|', true],
  ])('for %s of ICMP', (_name, fields, expected) => {
    put('FPS-ICMP4-ERQ-In', `v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=1|${fields}Name=ping|`);
    expect(isOpen(policy(ping))).toBe(expected);
  });

  it('names addresses as numbers, networks, ranges and words', () => {
    put(
      'OpenSSH-Server-In-TCP',
      'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=22|RA4=192.0.2.7|RA4=10.0.0.0/255.0.0.0|' +
        'RA4=192.0.2.10-192.0.2.20|RA4=LocalSubnet|RA42=Nowhere|RA6=2001:db8::/32|RA6=LocalSubnet|Name=ssh|',
    );
    const names = new Map([['localsubnet', ['10.0.2.15/24', 'fe80::1/64']]]);
    expect(policy(ssh, names).allowed).toEqual([
      {
        v4: ['192.0.2.7', '10.0.0.0/8', '192.0.2.10-192.0.2.20', '10.0.2.15/24'],
        v6: ['2001:db8::/32', 'fe80::1/64'],
      },
    ]);
    expect(isOpen(policy(ssh, names))).toBe(false);
  });

  it('that cannot be read is left out', () => {
    const rules = system.createKey(
      'ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules',
    );
    rules.setString('{BAD}', 'no rule');
    expect(open()).toEqual([true, true, true]);
  });
});
