import type { Hive } from '../../../disk/regf';
import {
  ACTIVE_PROFILE,
  addStandardFirewall,
  changeFirewallProfile,
  deleteFirewallRule,
  FIREWALL_PROFILES,
  type FirewallProfile,
  type FirewallProfileChange,
  type FirewallProfileSettings,
  firewallProfile,
  firewallRules,
} from '../../../disk/registry';
import { changeSystemHive, readSystemHive } from '../system-hives';
import { keyword, type NetshCommand, OK } from './command';
import { badSyntax, badValue } from './failure';

const SELECTIONS = {
  allprofiles: FIREWALL_PROFILES,
  currentprofile: [ACTIVE_PROFILE],
  domainprofile: ['domain'],
  privateprofile: ['private'],
  publicprofile: ['public'],
} as const satisfies Record<string, readonly FirewallProfile[]>;
export const PROFILE_WORDS = Object.keys(SELECTIONS) as (keyof typeof SELECTIONS)[];
const PARTS = ['state', 'firewallpolicy', 'settings', 'logging'] as const;
type Part = (typeof PARTS)[number];

const line = (label: string, value: string): string => `${label.padEnd(38)}${value}\r\n`;
const enabled = (on: boolean): string => (on ? 'Enable' : 'Disable');

/** The lines of one part; layout as transcripts of `show currentprofile` on public pages have it. */
function partText(part: Part, settings: FirewallProfileSettings): string {
  switch (part) {
    case 'state':
      return line('State', settings.enabled ? 'ON' : 'OFF');
    case 'firewallpolicy':
      return line('Firewall Policy', policyText(settings));
    case 'settings':
      return [
        line('LocalFirewallRules', 'N/A (GPO-store only)'),
        line('LocalConSecRules', 'N/A (GPO-store only)'),
        line('InboundUserNotification', enabled(!settings.notificationsDisabled)),
        line('RemoteManagement', 'Disable'),
        line('UnicastResponseToMulticast', enabled(!settings.unicastResponsesDisabled)),
      ].join('');
    case 'logging':
      return [
        'Logging:\r\n',
        line('LogAllowedConnections', enabled(settings.logAllowed)),
        line('LogDroppedConnections', enabled(settings.logDropped)),
        line('FileName', settings.logFile),
        line('MaxFileSize', String(settings.logFileKilobytes)),
        '\r\n',
      ].join('');
  }
}

function policyText(settings: FirewallProfileSettings): string {
  const { inboundBlocked, exceptionsForbidden, outboundBlocked } = settings;
  const inbound = exceptionsForbidden
    ? 'BlockInboundAlways'
    : inboundBlocked
      ? 'BlockInbound'
      : 'AllowInbound';
  return `${inbound},${outboundBlocked ? 'BlockOutbound' : 'AllowOutbound'}`;
}

/** `show allprofiles|currentprofile|domainprofile|privateprofile|publicprofile [state|firewallpolicy|settings|logging]` */
export const showProfiles: NetshCommand = async (context, [which, ...rest]) => {
  const usage = 'show allprofiles [state|firewallpolicy|settings|logging]';
  const selection = keyword(which, PROFILE_WORDS);
  const part = keyword(rest[0], PARTS);
  if (selection === undefined || rest.length > 1 || (rest.length === 1 && part === undefined))
    throw badSyntax(usage);
  const system = await readSystemHive(context, 'SYSTEM');
  for (const profile of SELECTIONS[selection]) {
    const settings = firewallProfile(system, profile);
    const name = profile.charAt(0).toUpperCase() + profile.slice(1);
    const text =
      part !== undefined
        ? partText(part, settings)
        : `${partText('state', settings)}${partText('firewallpolicy', settings)}${partText('settings', settings)}\r\n${partText('logging', settings)}`;
    context.output.write(`\r\n${name} Profile Settings: \r\n${'-'.repeat(70)}\r\n${text}`);
  }
  context.output.write(OK);
};

/** `set allprofiles state on|off`, `... firewallpolicy in,out`, `... settings inboundusernotification enable` */
export const setProfiles: NetshCommand = async (context, [which, ...words]) => {
  const usage = 'set allprofiles state on|off|notconfigured | firewallpolicy <inbound>,<outbound>';
  const selection = keyword(which, PROFILE_WORDS);
  const part = keyword(words[0], PARTS);
  if (selection === undefined || part === undefined || words.length < 2) throw badSyntax(usage);
  const change = changeOf(part, words.slice(1));
  if (change === undefined) throw badValue(usage);
  await changeSystemHive(context, 'SYSTEM', (system) => {
    for (const profile of SELECTIONS[selection]) changeFirewallProfile(system, profile, change);
  });
  context.output.write(OK);
};

function changeOf(part: Part, words: readonly string[]): FirewallProfileChange | undefined {
  const [first = '', second = ''] = words.map((word) => word.toLowerCase());
  switch (part) {
    case 'state':
      // "notconfigured" is the default of a local policy.
      return ['on', 'off', 'notconfigured'].includes(first) ? { enabled: first !== 'off' } : undefined;
    case 'firewallpolicy': {
      const [inbound = '', outbound = ''] = first.split(',');
      const known = ['blockinbound', 'blockinboundalways', 'allowinbound'].includes(inbound);
      if (!known || !['blockoutbound', 'allowoutbound'].includes(outbound)) return undefined;
      return {
        inboundBlocked: inbound !== 'allowinbound',
        exceptionsForbidden: inbound === 'blockinboundalways',
        outboundBlocked: outbound === 'blockoutbound',
      };
    }
    case 'settings':
      return first === 'inboundusernotification' && ['enable', 'disable'].includes(second)
        ? { notificationsDisabled: second === 'disable' }
        : undefined;
    case 'logging':
      return undefined;
  }
}

/**
 * `reset`: profiles as after an installation, the stand-in's rules in their first state, and rules that somebody added
 * (their names are GUIDs) gone. Other built-in rules stay as they are (our choice).
 */
export const reset: NetshCommand = async (context, args) => {
  if (args.length > 0) throw badSyntax('reset');
  await changeSystemHive(context, 'SYSTEM', (system: Hive) => {
    for (const { id } of firewallRules(system)) if (/^\{.*\}$/.test(id)) deleteFirewallRule(system, id);
    for (const profile of FIREWALL_PROFILES)
      changeFirewallProfile(system, profile, {
        inboundBlocked: true,
        exceptionsForbidden: false,
        outboundBlocked: false,
      });
    addStandardFirewall(system);
  });
  context.output.write(OK);
};
