import type { Hive } from '../regf';
import { changeFirewallProfile, FIREWALL_PROFILES, putFirewallRule } from './firewall-policy';
import { parseFirewallRule } from './firewall-rule';

/**
 * Rules of the SYSTEM samples that rescue guides touch: Remote Desktop, remote management, file sharing with its ping,
 * DHCP; and that of OpenSSH. Which of them are active is our choice: those of a rented server, which answers to ping,
 * Remote Desktop and SSH.
 */
const RULES: readonly (readonly [id: string, text: string])[] = [
  [
    'RemoteDesktop-In-TCP',
    'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|App=System|Name=@FirewallAPI.dll,-28753|' +
      'Desc=@FirewallAPI.dll,-28756|EmbedCtxt=@FirewallAPI.dll,-28752|',
  ],
  [
    // What the optional feature OpenSSH Server adds (Microsoft, "Get started with OpenSSH for Windows"); texts: known.
    'OpenSSH-Server-In-TCP',
    'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=22|App=%SystemRoot%\\system32\\OpenSSH\\sshd.exe|' +
      'Name=OpenSSH SSH Server (sshd)|Desc=Inbound rule for OpenSSH SSH Server (sshd)|EmbedCtxt=OpenSSH Server|',
  ],
  [
    'FPS-ICMP4-ERQ-In',
    'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=1|ICMP4=8:*|Name=@FirewallAPI.dll,-28543|' +
      'Desc=@FirewallAPI.dll,-28547|EmbedCtxt=@FirewallAPI.dll,-28502|',
  ],
  [
    'FPS-SMB-In-TCP',
    'v2.10|Action=Allow|Active=FALSE|Dir=In|Protocol=6|LPort=445|App=System|Name=@FirewallAPI.dll,-28511|' +
      'Desc=@FirewallAPI.dll,-28514|EmbedCtxt=@FirewallAPI.dll,-28502|',
  ],
  [
    'WINRM-HTTP-In-TCP',
    'v2.10|Action=Allow|Active=FALSE|Dir=In|Protocol=6|LPort=5985|App=System|Name=@FirewallAPI.dll,-30253|' +
      'Desc=@FirewallAPI.dll,-30256|EmbedCtxt=@FirewallAPI.dll,-30252|',
  ],
  [
    'CoreNet-DHCP-In',
    'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=68|RPort=67|App=%SystemRoot%\\system32\\svchost.exe|' +
      'Svc=dhcp|Name=@FirewallAPI.dll,-25301|Desc=@FirewallAPI.dll,-25303|EmbedCtxt=@FirewallAPI.dll,-25000|',
  ],
];

/** Profiles switched on, as after an installation, and the rules above. */
export function addStandardFirewall(system: Hive): void {
  for (const profile of FIREWALL_PROFILES) {
    changeFirewallProfile(system, profile, { enabled: true, notificationsDisabled: true });
  }
  for (const [id, text] of RULES) {
    putFirewallRule(system, { id, rule: parseFirewallRule(text, { key: 'FirewallRules', value: id }) });
  }
}
