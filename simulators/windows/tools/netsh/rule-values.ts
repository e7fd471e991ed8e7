import {
  FIREWALL_PROFILES,
  type FirewallProfile,
  type FirewallRule,
  prefixedNetwork,
  ruleFields,
} from '../../../disk/registry';

/** Protocol numbers that netsh has names for. */
const PROTOCOLS: readonly (readonly [number: string, name: string])[] = [
  ['1', 'ICMPv4'],
  ['2', 'IGMP'],
  ['6', 'TCP'],
  ['17', 'UDP'],
  ['41', 'IPv6'],
  ['47', 'GRE'],
  ['58', 'ICMPv6'],
];

export function protocolName(number: string | undefined): string {
  return number === undefined ? 'Any' : (PROTOCOLS.find(([one]) => one === number)?.[1] ?? number);
}

/** What `protocol=` says; `icmpv4:8,any` narrows the types. Undefined for no protocol. */
export function parseProtocol(
  text: string,
): { number: string | undefined; icmp: string | undefined } | undefined {
  const [, name = '', type] = /^([a-z0-9]+)(?::((?:\d+|any),(?:\d+|any)))?$/i.exec(text) ?? [];
  if (name.toLowerCase() === 'any') return { number: undefined, icmp: undefined };
  const number =
    PROTOCOLS.find(([, one]) => one.toLowerCase() === name.toLowerCase())?.[0] ??
    (/^\d{1,3}$/.test(name) && Number(name) < 256 ? String(Number(name)) : undefined);
  if (number === undefined || (type !== undefined && number !== '1' && number !== '58')) return undefined;
  return { number, icmp: type?.replace(',', ':').replace(/any/gi, '*') };
}

/** Whether each part is a port, a range, or a name such as RPC. */
export function parsePorts(text: string): readonly string[] | undefined {
  if (text.toLowerCase() === 'any') return [];
  const ports = text.split(',').map((port) => port.trim());
  const sound = ports.every((port) => {
    if (/^(rpc|rpc-epmap|iphttps|teredo)$/i.test(port)) return true;
    const [from = '', to = from] = port.split('-');
    return (
      [from, to].every((one) => /^\d{1,5}$/.test(one) && Number(one) < 65_536) && Number(from) <= Number(to)
    );
  });
  return sound ? ports : undefined;
}

/** `any`, or profiles between commas. Undefined for other words. */
export function parseProfiles(text: string): readonly FirewallProfile[] | undefined {
  if (text.toLowerCase() === 'any') return [];
  const names = text
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const found = FIREWALL_PROFILES.filter((profile) => names.includes(profile));
  return found.length === new Set(names).size ? found : undefined;
}

/** Addresses of a rule as netsh shows them: IPv4 ones with the length of their prefix. */
export function addressesOf(rule: FirewallRule, side: 'L' | 'R'): string {
  const all = [...ruleFields(rule, `${side}A4`), ...ruleFields(rule, `${side}A6`)].map((address) => {
    if (/^\d+(\.\d+){3}$/.test(address)) return `${address}/32`;
    return prefixedNetwork(address);
  });
  return all.length === 0 ? 'Any' : [...new Set(all)].join(',');
}

/** Fields for `localip=` and `remoteip=`: which of the two families each address belongs to. */
export function parseAddresses(text: string): { v4: readonly string[]; v6: readonly string[] } | undefined {
  if (text.toLowerCase() === 'any') return { v4: [], v6: [] };
  const v4: string[] = [];
  const v6: string[] = [];
  for (const address of text.split(',').map((one) => one.trim())) {
    const word = ['LocalSubnet', 'DNS', 'DHCP', 'WINS', 'DefaultGateway'].find(
      (one) => one.toLowerCase() === address.toLowerCase(),
    );
    if (word !== undefined) {
      v4.push(word);
      v6.push(word);
    } else if (/^[\d.]+([/-][\d.]+)?$/.test(address) && isIpv4(address)) v4.push(address);
    else if (/^[0-9a-f:]*:[0-9a-f:]*(\/\d{1,3}|-[0-9a-f:]+)?$/i.test(address)) v6.push(address);
    else return undefined;
  }
  return { v4, v6 };
}

function isIpv4(text: string): boolean {
  const [first = '', second] = text.split(/[/-]/);
  const whole = (one: string): boolean =>
    /^\d{1,3}(\.\d{1,3}){3}$/.test(one) && one.split('.').every((part) => Number(part) < 256);
  if (second === undefined) return whole(first);
  return (
    whole(first) &&
    (whole(second) || (text.includes('/') && /^\d{1,2}$/.test(second) && Number(second) <= 32))
  );
}
