import { type FirewallRule, ruleField } from '../../../disk/registry';

/**
 * Texts of the resources that built-in rules point to, of those that rescue guides touch (general knowledge; the
 * numbers are those of the SYSTEM samples). Others are shown as they are stored.
 */
const RESOURCES: Readonly<Record<string, string>> = {
  '@firewallapi.dll,-25000': 'Core Networking',
  '@firewallapi.dll,-25301': 'Core Networking - Dynamic Host Configuration Protocol (DHCP-In)',
  '@firewallapi.dll,-25303':
    'Allows DHCP (Dynamic Host Configuration Protocol) messages for stateful auto-configuration.',
  '@firewallapi.dll,-28502': 'File and Printer Sharing',
  '@firewallapi.dll,-28511': 'File and Printer Sharing (SMB-In)',
  '@firewallapi.dll,-28543': 'File and Printer Sharing (Echo Request - ICMPv4-In)',
  '@firewallapi.dll,-28544': 'File and Printer Sharing (Echo Request - ICMPv4-Out)',
  '@firewallapi.dll,-28752': 'Remote Desktop',
  '@firewallapi.dll,-28753': 'Remote Desktop (TCP-In)',
  '@firewallapi.dll,-28756': 'Inbound rule for the Remote Desktop service to allow RDP traffic. [TCP 3389]',
  '@firewallapi.dll,-28775': 'Remote Desktop - User Mode (TCP-In)',
  '@firewallapi.dll,-28776': 'Remote Desktop - User Mode (UDP-In)',
  '@firewallapi.dll,-28778': 'Remote Desktop - Shadow (TCP-In)',
  '@firewallapi.dll,-28852': 'Remote Desktop - RemoteFX',
  '@firewallapi.dll,-28853': 'Remote Desktop - RemoteFX (TCP-In)',
  '@firewallapi.dll,-30252': 'Windows Remote Management',
  '@firewallapi.dll,-30253': 'Windows Remote Management (HTTP-In)',
  '@firewallapi.dll,-35001': 'Windows Remote Management - Compatibility Mode (HTTP-In)',
};

function shown(text: string | undefined): string {
  return RESOURCES[(text ?? '').toLowerCase()] ?? text ?? '';
}

export const ruleName = (rule: FirewallRule): string => shown(ruleField(rule, 'Name'));
export const ruleGroup = (rule: FirewallRule): string => shown(ruleField(rule, 'EmbedCtxt'));
export const ruleDescription = (rule: FirewallRule): string => shown(ruleField(rule, 'Desc'));
