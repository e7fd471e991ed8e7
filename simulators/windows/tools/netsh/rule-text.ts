import { type FirewallRule, profilesOfRule, ruleField, ruleFields } from '../../../disk/registry';
import { ruleDescription, ruleGroup, ruleName } from './rule-names';
import { addressesOf, protocolName } from './rule-values';

const WIDTH = 38;

function line(label: string, value: string): string {
  return `${`${label}:`.padEnd(WIDTH)}${value}\r\n`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const EDGES: Readonly<Record<string, string>> = { app: 'Defer to application', user: 'Defer to user' };

/** One rule as `show rule` prints it: labels in the first 38 columns (general knowledge). */
export function ruleText(rule: FirewallRule, verbose: boolean): string {
  const field = (key: string): string | undefined => ruleField(rule, key);
  const protocol = field('Protocol');
  const ports = (side: 'L' | 'R'): string =>
    [...ruleFields(rule, `${side}Port`), ...ruleFields(rule, `${side}Port2_10`)].join(',') || 'Any';
  const hasPorts = protocol === '6' || protocol === '17';
  const defer = EDGES[field('Defer')?.toLowerCase() ?? ''];
  const edge = field('Edge')?.toUpperCase() === 'TRUE' ? (defer ?? 'Yes') : 'No';
  return [
    `\r\n${line('Rule Name', ruleName(rule))}${'-'.repeat(70)}\r\n`,
    verbose ? line('Description', ruleDescription(rule)) : '',
    line('Enabled', field('Active')?.toUpperCase() === 'TRUE' ? 'Yes' : 'No'),
    line('Direction', capital((field('Dir') ?? 'In').toLowerCase())),
    line('Profiles', profilesOfRule(rule).map(capital).join(',')),
    line('Grouping', ruleGroup(rule)),
    line('LocalIP', addressesOf(rule, 'L')),
    line('RemoteIP', addressesOf(rule, 'R')),
    line('Protocol', protocolName(protocol)),
    icmpText(rule),
    hasPorts ? line('LocalPort', ports('L')) + line('RemotePort', ports('R')) : '',
    line('Edge traversal', edge),
    verbose && field('App') !== undefined ? line('Program', field('App') ?? '') : '',
    verbose && field('Svc') !== undefined ? line('Service', field('Svc') ?? '') : '',
    verbose ? line('InterfaceTypes', 'Any') + line('Security', 'NotRequired') : '',
    verbose ? line('Rule source', 'Local Setting') : '',
    line('Action', field('Action') ?? 'Allow'),
  ].join('');
}

/** Types and codes of ICMP, in two columns. */
function icmpText(rule: FirewallRule): string {
  const types = [...ruleFields(rule, 'ICMP4'), ...ruleFields(rule, 'ICMP6')];
  if (types.length === 0) return '';
  const row = (type: string, code: string): string =>
    `${' '.repeat(WIDTH)}${type.padEnd(8)}${code.padEnd(4)}\r\n`;
  const word = (text: string | undefined): string => (text === undefined || text === '*' ? 'Any' : text);
  return (
    row('Type', 'Code') + types.map((one) => row(word(one.split(':')[0]), word(one.split(':')[1]))).join('')
  );
}
