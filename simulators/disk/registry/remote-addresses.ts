import { type FirewallRule, ruleFields } from './firewall-rule';

/** Addresses as `10.1.2.3`, `10.0.0.0/8` or `10.0.0.1-10.0.0.9`, or all of a family. */
type AddressList = 'any' | readonly string[];

/** From where a rule lets clients in, or shuts them out. */
export interface RemoteAddresses {
  readonly v4: AddressList;
  readonly v6: AddressList;
}

/** The addresses of both families that stand behind a word of a rule, by the word in lower case, e.g. `localsubnet`. */
export type RemoteNames = ReadonlyMap<string, readonly string[]>;

/**
 * The remote addresses of a rule (RA4 and RA6; words since 2.20 in RA42 and RA62, MS-FASP 2.2.37). One that names none is
 * for everybody, one that names those of one family only for that family. Unknown words stand for nobody (our choice).
 */
export function remoteAddresses(rule: FirewallRule, names: RemoteNames): RemoteAddresses {
  const v4 = [...ruleFields(rule, 'RA4'), ...ruleFields(rule, 'RA42')];
  const v6 = [...ruleFields(rule, 'RA6'), ...ruleFields(rule, 'RA62')];
  if (v4.length + v6.length === 0) return { v4: 'any', v6: 'any' };
  return {
    v4: ipv4Remotes(v4, names),
    v6: v6.flatMap((text) => (isIpv6(text) ? [text] : behind(text, names).filter(isIpv6))),
  };
}

/** IPv4 addresses of the hive's form, and what stands behind the words among them. */
export function ipv4Remotes(texts: readonly string[], names: RemoteNames): string[] {
  return texts.flatMap((text) =>
    isIpv4(text) ? [prefixedNetwork(text)] : behind(text, names).filter(isIpv4),
  );
}

const behind = (word: string, names: RemoteNames): readonly string[] => names.get(word.toLowerCase()) ?? [];
/** An address, a network or a range. */
const isIpv4 = (text: string): boolean => /^\d+(\.\d+){3}([/-]\d+(\.\d+){0,3})?$/.test(text);
const isIpv6 = (text: string): boolean => /^[\da-f:]*:[\da-f:.]*(\/\d+|-[\da-f:.]+)?$/i.test(text);

/** `10.0.0.0/255.0.0.0`, the form of the hive, as `10.0.0.0/8`. */
export function prefixedNetwork(text: string): string {
  const [, network, mask] = /^([\d.]+)\/(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  if (network === undefined || mask === undefined) return text;
  const bits = mask.split('.').map((part) => Number(part).toString(2).replaceAll('0', '').length);
  return `${network}/${bits.reduce((sum, count) => sum + count, 0)}`;
}
