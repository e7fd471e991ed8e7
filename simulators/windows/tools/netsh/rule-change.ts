import { type FirewallRule, ruleField, withRuleField } from '../../../disk/registry';
import { badValue, NetshFailure } from './failure';
import { parseAddresses, parsePorts, parseProfiles, parseProtocol } from './rule-values';

/** What `add rule` and `set rule ... new` take beside the name. */
export const RULE_PARAMETERS = [
  'dir',
  'action',
  'enable',
  'program',
  'service',
  'description',
  'profile',
  'localip',
  'remoteip',
  'localport',
  'remoteport',
  'protocol',
  'edge',
] as const;
export type RuleParameters = ReadonlyMap<'name' | (typeof RULE_PARAMETERS)[number], string>;

/** Order of the fields in the rules of the samples. */
const ORDER = [
  'Action',
  'Active',
  'Dir',
  'Protocol',
  'Profile',
  'LPort',
  'LPort2_10',
  'RPort',
  'RPort2_10',
  'ICMP4',
  'ICMP6',
  'LA4',
  'LA6',
  'RA4',
  'RA6',
  'App',
  'Svc',
  'Name',
  'Desc',
  'EmbedCtxt',
  'Edge',
].map((key) => key.toLowerCase());

/** The rule with what was given. Throws netsh's refusal for values that are none. */
export function changedRule(before: FirewallRule, given: RuleParameters, usage: string): FirewallRule {
  let rule = before;
  const put = (key: string, ...values: readonly string[]): void => {
    rule = withRuleField(rule, key, ...values);
  };
  const word = <Value>(name: (typeof RULE_PARAMETERS)[number], meanings: Readonly<Record<string, Value>>) => {
    const text = given.get(name)?.toLowerCase();
    if (text === undefined) return undefined;
    if (!Object.hasOwn(meanings, text)) throw badValue(usage);
    return meanings[text];
  };
  const parsed = <Value>(
    name: (typeof RULE_PARAMETERS)[number],
    parse: (text: string) => Value | undefined,
  ) => {
    const text = given.get(name);
    const value = text === undefined ? undefined : parse(text);
    if (text !== undefined && value === undefined) throw badValue(usage);
    return value;
  };
  const text = (name: 'program' | 'service' | 'description', key: string): void => {
    const value = parsed(name, (one) => (one.includes('|') ? undefined : one));
    if (value !== undefined) put(key, ...(value.toLowerCase() === 'any' ? [] : [value]));
  };
  const action = word('action', { allow: 'Allow', block: 'Block', bypass: 'ByPass' });
  if (action !== undefined) put('Action', action);
  const enabled = word('enable', { yes: 'TRUE', no: 'FALSE' });
  if (enabled !== undefined) put('Active', enabled);
  const direction = word('dir', { in: 'In', out: 'Out' });
  if (direction !== undefined) put('Dir', direction);
  const edge = word('edge', { yes: ['TRUE'], no: [] });
  if (edge !== undefined) put('Edge', ...edge);
  const protocol = parsed('protocol', parseProtocol);
  if (protocol !== undefined) {
    put('Protocol', ...(protocol.number === undefined ? [] : [protocol.number]));
    const icmp = protocol.icmp === undefined ? [] : [protocol.icmp];
    put('ICMP4', ...(protocol.number === '1' ? icmp : []));
    put('ICMP6', ...(protocol.number === '58' ? icmp : []));
  }
  const profiles = parsed('profile', parseProfiles);
  if (profiles !== undefined)
    put('Profile', ...profiles.map((profile) => profile.charAt(0).toUpperCase() + profile.slice(1)));
  for (const [name, side] of [
    ['localport', 'L'],
    ['remoteport', 'R'],
  ] as const) {
    const ports = parsed(name, parsePorts);
    if (ports === undefined) continue;
    if (ports.length > 0 && !['6', '17'].includes(ruleField(rule, 'Protocol') ?? ''))
      throw portsWithoutProtocol();
    put(`${side}Port`, ...ports.filter((port) => !/^\d+-/.test(port)));
    put(`${side}Port2_10`, ...ports.filter((port) => /^\d+-/.test(port)));
  }
  for (const [name, side] of [
    ['localip', 'L'],
    ['remoteip', 'R'],
  ] as const) {
    const addresses = parsed(name, parseAddresses);
    if (addresses === undefined) continue;
    put(`${side}A4`, ...addresses.v4);
    put(`${side}A6`, ...addresses.v6);
  }
  text('program', 'App');
  text('service', 'Svc');
  text('description', 'Desc');
  return inOrder(rule);
}

/** Fields that the table does not know keep their place behind the others. */
function inOrder(rule: FirewallRule): FirewallRule {
  const rank = (key: string): number => {
    const at = ORDER.indexOf(key.toLowerCase());
    return at < 0 ? ORDER.length : at;
  };
  return { ...rule, fields: [...rule.fields].sort((a, b) => rank(a.key) - rank(b.key)) };
}

/** Our text. */
function portsWithoutProtocol(): NetshFailure {
  return new NetshFailure('\r\nPorts can only be given with protocol=tcp or protocol=udp.\r\n\r\n');
}
