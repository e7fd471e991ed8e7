import type { Hive } from '../regf';
import { currentControlSet } from './control-set';
import { type FirewallRule, formatFirewallRule, parseFirewallRule, ruleFields } from './firewall-rule';
import { RegistryValueError } from './registry-value-error';

/** Profiles in the words of netsh, with their keys below `FirewallPolicy`: "private" is the key StandardProfile. */
export const FIREWALL_PROFILES = ['domain', 'private', 'public'] as const;
export type FirewallProfile = (typeof FIREWALL_PROFILES)[number];

const PROFILE_KEYS: Readonly<Record<FirewallProfile, string>> = {
  domain: 'DomainProfile',
  private: 'StandardProfile',
  public: 'PublicProfile',
};

/** Numbers of a profile's key; the ones with a default are those that Windows takes where none is stored. */
export interface FirewallProfileSettings {
  readonly enabled: boolean;
  /** Default: blocked. */
  readonly inboundBlocked: boolean;
  /** "Block all connections": no rule lets anybody in. Default: they do. */
  readonly exceptionsForbidden: boolean;
  /** Default: allowed. */
  readonly outboundBlocked: boolean;
  readonly notificationsDisabled: boolean;
  readonly unicastResponsesDisabled: boolean;
  readonly logDropped: boolean;
  readonly logAllowed: boolean;
  readonly logFile: string;
  readonly logFileKilobytes: number;
}

export type FirewallProfileChange = Partial<
  Pick<
    FirewallProfileSettings,
    'enabled' | 'inboundBlocked' | 'exceptionsForbidden' | 'outboundBlocked' | 'notificationsDisabled'
  >
>;

function policyPath(system: Hive): string {
  return `${currentControlSet(system)}\\Services\\SharedAccess\\Parameters\\FirewallPolicy`;
}

export function firewallProfile(system: Hive, profile: FirewallProfile): FirewallProfileSettings {
  const key = system.key(`${policyPath(system)}\\${PROFILE_KEYS[profile]}`);
  const logging = key?.key('Logging');
  const number = (name: string, otherwise: number) => key?.getDword(name) ?? otherwise;
  return {
    enabled: number('EnableFirewall', 1) !== 0,
    inboundBlocked: number('DefaultInboundAction', 1) !== 0,
    exceptionsForbidden: number('DoNotAllowExceptions', 0) !== 0,
    outboundBlocked: number('DefaultOutboundAction', 0) !== 0,
    notificationsDisabled: number('DisableNotifications', 0) !== 0,
    unicastResponsesDisabled: number('DisableUnicastResponsesToMulticastBroadcast', 0) !== 0,
    logDropped: logging?.getDword('LogDroppedPackets') === 1,
    logAllowed: logging?.getDword('LogSuccessfulConnections') === 1,
    logFile: logging?.getString('LogFilePath') ?? '%systemroot%\\system32\\LogFiles\\Firewall\\pfirewall.log',
    logFileKilobytes: logging?.getDword('LogFileSize') ?? 4096,
  };
}

export function changeFirewallProfile(
  system: Hive,
  profile: FirewallProfile,
  change: FirewallProfileChange,
): void {
  const key = system.createKey(`${policyPath(system)}\\${PROFILE_KEYS[profile]}`);
  const put = (name: string, on: boolean | undefined) => {
    if (on !== undefined) key.setDword(name, on ? 1 : 0);
  };
  put('EnableFirewall', change.enabled);
  put('DefaultInboundAction', change.inboundBlocked);
  put('DoNotAllowExceptions', change.exceptionsForbidden);
  put('DefaultOutboundAction', change.outboundBlocked);
  put('DisableNotifications', change.notificationsDisabled);
}

/** A rule and the name of its value: an identifier such as `RemoteDesktop-In-TCP`, or a GUID in braces. */
export interface StoredFirewallRule {
  readonly id: string;
  readonly rule: FirewallRule;
}

/**
 * All rules in stored order.
 * @param damaged hears of a value that is no rule, which is left out. Without it such a value throws the RegistryValueError.
 */
export function firewallRules(
  system: Hive,
  damaged?: (error: RegistryValueError) => void,
): StoredFirewallRule[] {
  const key = system.key(`${policyPath(system)}\\FirewallRules`);
  return (key?.values() ?? []).flatMap(({ name }) => {
    try {
      const text = key?.getString(name);
      return text === undefined
        ? []
        : [{ id: name, rule: parseFirewallRule(text, { key: key?.path ?? '', value: name }) }];
    } catch (error) {
      if (damaged === undefined || !(error instanceof RegistryValueError)) throw error;
      damaged(error);
      return [];
    }
  });
}

/** Profiles that a rule is for: all, where it names none. */
export function profilesOfRule(rule: FirewallRule): readonly FirewallProfile[] {
  const named = ruleFields(rule, 'Profile').map((name) => name.toLowerCase());
  return named.length === 0
    ? FIREWALL_PROFILES
    : FIREWALL_PROFILES.filter((profile) => named.includes(profile));
}

/** Stores a rule under its name, in place of one that is there. */
export function putFirewallRule(system: Hive, { id, rule }: StoredFirewallRule): void {
  system.createKey(`${policyPath(system)}\\FirewallRules`).setString(id, formatFirewallRule(rule));
}

/** False where there is no rule of this name. */
export function deleteFirewallRule(system: Hive, id: string): boolean {
  return system.key(`${policyPath(system)}\\FirewallRules`)?.deleteValue(id) ?? false;
}
