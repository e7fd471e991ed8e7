import type { Hive } from '../regf';
import { type FirewallProfile, firewallProfile, firewallRules, profilesOfRule } from './firewall-policy';
import { type FirewallRule, ruleField, ruleFields } from './firewall-rule';
import { type RemoteAddresses, type RemoteNames, remoteAddresses } from './remote-addresses';

/**
 * The profile whose settings count. A network that nobody classified is public (our choice: the stand-in does not
 * classify its own).
 */
export const ACTIVE_PROFILE: FirewallProfile = 'public';

/** IANA protocol numbers. */
const PROTOCOL = { icmp: 1, tcp: 6 } as const;

/** Something of the running system that answers to others. */
export interface InboundEndpoint {
  readonly protocol: keyof typeof PROTOCOL;
  /** TCP port, or the type of the ICMP message. */
  readonly number: number;
  /** File names of the programs that may serve it, lower case; `system` is the kernel. */
  readonly programs: readonly string[];
  /** Name of its service, lower case. */
  readonly service: string;
}

/** Who gets through to an endpoint: those of `allowed`, unless they are of `blocked`; `otherwise` is for the others. */
export interface InboundPolicy {
  readonly blocked: readonly RemoteAddresses[];
  readonly allowed: readonly RemoteAddresses[];
  readonly otherwise: 'allow' | 'block';
}

/** What an endpoint is without a firewall. */
export const OPEN: InboundPolicy = { blocked: [], allowed: [], otherwise: 'allow' };

/**
 * What the firewall of a SYSTEM hive, where it runs, does with an endpoint: a rule that blocks goes before one that
 * allows, and the profile's default comes last (Microsoft, "Windows Firewall rules"). With DoNotAllowExceptions no rule
 * allows anything (MS-GPFAS). Rules for a remote port, or for connections that IPsec secures, let none of our clients
 * through; local addresses and kinds of network cards are not looked at (our choice). Rules that cannot be read are left
 * out, as MS-FASP demands of unknown ones.
 * @param names the addresses behind words such as LocalSubnet
 */
export function inboundPolicy(system: Hive, endpoint: InboundEndpoint, names: RemoteNames): InboundPolicy {
  const profile = firewallProfile(system, ACTIVE_PROFILE);
  if (!profile.enabled) return OPEN;
  const rules = firewallRules(system, () => undefined)
    .map(({ rule }) => rule)
    .filter((rule) => concerns(rule, endpoint));
  const withAction = (action: string): RemoteAddresses[] =>
    rules
      .filter((rule) => ruleField(rule, 'Action')?.toLowerCase() === action)
      .map((rule) => remoteAddresses(rule, names));
  return {
    blocked: withAction('block'),
    allowed: profile.exceptionsForbidden ? [] : withAction('allow'),
    otherwise: profile.inboundBlocked || profile.exceptionsForbidden ? 'block' : 'allow',
  };
}

/** Whether everybody gets through. */
export function isOpen({ blocked, allowed, otherwise }: InboundPolicy): boolean {
  const everybody = allowed.some(({ v4, v6 }) => v4 === 'any' && v6 === 'any');
  return blocked.length === 0 && (otherwise === 'allow' || everybody);
}

function concerns(rule: FirewallRule, endpoint: InboundEndpoint): boolean {
  const is = (key: string, value: string): boolean => ruleField(rule, key)?.toLowerCase() === value;
  const protocol = ruleField(rule, 'Protocol');
  return (
    is('Active', 'true') &&
    is('Dir', 'in') &&
    profilesOfRule(rule).includes(ACTIVE_PROFILE) &&
    (protocol === undefined || Number(protocol) === PROTOCOL[endpoint.protocol]) &&
    hasNumber(rule, endpoint) &&
    ruleFields(rule, 'RPort').length + ruleFields(rule, 'RPort2_10').length === 0 &&
    !/^authenticate/i.test(ruleField(rule, 'Security') ?? '') &&
    isForProgram(rule, endpoint)
  );
}

/** Without ports (or messages) a rule is for all of them. Words such as RPC are none of our ports. */
function hasNumber(rule: FirewallRule, { protocol, number }: InboundEndpoint): boolean {
  if (protocol === 'icmp') {
    const messages = ruleFields(rule, 'ICMP4').map((message) => message.split(':')[0]);
    return messages.length === 0 || messages.some((type) => type === '*' || Number(type) === number);
  }
  const ports = [...ruleFields(rule, 'LPort'), ...ruleFields(rule, 'LPort2_10')];
  return (
    ports.length === 0 ||
    ports.some((text) => {
      const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
      return from !== undefined && Number(from) <= number && number <= Number(to);
    })
  );
}

function isForProgram(rule: FirewallRule, { programs, service }: InboundEndpoint): boolean {
  const file = ruleField(rule, 'App')?.toLowerCase().split('\\').pop();
  const named = ruleField(rule, 'Svc')?.toLowerCase();
  return (
    (file === undefined || programs.includes(file)) &&
    (named === undefined || named === '*' || named === service)
  );
}
