import type { Hive } from '../../../disk/regf';
import {
  deleteFirewallRule,
  type FirewallRule,
  firewallRules,
  profilesOfRule,
  putFirewallRule,
  ruleField,
  type StoredFirewallRule,
  withRuleField,
} from '../../../disk/registry';
import { newGuid } from '../../random';
import { changeSystemHive, readSystemHive } from '../system-hives';
import { type NetshCommand, OK, parameters } from './command';
import { badSyntax, badValue, NetshFailure, noRules } from './failure';
import { changedRule, RULE_PARAMETERS, type RuleParameters } from './rule-change';
import { ruleGroup, ruleName } from './rule-names';
import { ruleText } from './rule-text';
import { parseProfiles } from './rule-values';

const USAGE = {
  show: 'show rule name=<string> [profile=public|private|domain|any[,...]] [dir=in|out] [verbose]',
  add: 'add rule name=<string> dir=in|out action=allow|block|bypass [program=<program path>] [service=<service short name>|any] [description=<string>] [enable=yes|no] [profile=public|private|domain|any[,...]] [localip=any|<addresses>] [remoteip=any|localsubnet|<addresses>] [localport=0-65535|<port range>[,...]|any] [remoteport=0-65535|<port range>[,...]|any] [protocol=0-255|icmpv4|icmpv6|tcp|udp|any]',
  delete: 'delete rule name=<string> [dir=in|out] [profile=public|private|domain|any[,...]]',
  set: 'set rule group=<string> | name=<string> [dir=in|out] [profile=public|private|domain|any[,...]] new [enable=yes|no] ...',
} as const;

const SELECTORS = ['name', 'group', 'dir', 'profile'] as const;
type Selection = ReadonlyMap<(typeof SELECTORS)[number], string>;

/** Whether a rule is among those that `name=`, `group=`, `dir=` and `profile=` mean. */
function selector(selection: Selection, usage: string): (stored: StoredFirewallRule) => boolean {
  const folded = (name: 'name' | 'group' | 'dir') => selection.get(name)?.toLowerCase();
  const [name, group, dir] = [folded('name'), folded('group'), folded('dir')];
  const profiles = parseProfiles(selection.get('profile') ?? 'any');
  if ((name === undefined) === (group === undefined)) throw badSyntax(usage);
  if (profiles === undefined || (dir !== undefined && dir !== 'in' && dir !== 'out')) throw badValue(usage);
  return ({ rule }) =>
    (name === undefined || name === 'all' || ruleName(rule).toLowerCase() === name) &&
    // A group may also be given as it is stored: `@FirewallAPI.dll,-28752`.
    (group === undefined ||
      ruleGroup(rule).toLowerCase() === group ||
      ruleField(rule, 'EmbedCtxt')?.toLowerCase() === group) &&
    (dir === undefined || ruleField(rule, 'Dir')?.toLowerCase() === dir) &&
    profiles.every((profile) => profilesOfRule(rule).includes(profile));
}

function selected(system: Hive, selection: Selection, usage: string): StoredFirewallRule[] {
  const rules = firewallRules(system).filter(selector(selection, usage));
  if (rules.length === 0) throw noRules();
  return rules;
}

/** `show rule name=all|<name> [dir=] [profile=] [verbose]` */
export const showRule: NetshCommand = async (context, args) => {
  const verbose = args.some((word) => word.toLowerCase() === 'verbose');
  const words = args.filter((word) => word.toLowerCase() !== 'verbose');
  const selection = parameters(words, SELECTORS);
  if (selection === undefined || selection.has('group')) throw badSyntax(USAGE.show);
  const system = await readSystemHive(context, 'SYSTEM');
  const texts = selected(system, selection, USAGE.show).map(({ rule }) => ruleText(rule, verbose));
  context.output.write(`${texts.join('')}${OK}`);
};

/** `add rule name=<name> dir=in|out action=allow|block ...`: rules may have the name of another. */
export const addRule: NetshCommand = async (context, args) => {
  const given: RuleParameters | undefined = parameters(args, ['name', ...RULE_PARAMETERS]);
  if (given === undefined) throw badSyntax(USAGE.add);
  const name = given.get('name') ?? '';
  if (name === '' || !given.has('dir') || !given.has('action')) throw badSyntax(USAGE.add);
  if (name.toLowerCase() === 'all' || name.includes('|')) throw badValue(USAGE.add);
  // Versions of the samples: Windows 7 and Windows 8 and later.
  const version = context.host.version.startsWith('6.1') ? 'v2.10' : 'v2.22';
  const fields = [
    { key: 'Action', value: 'Allow' },
    { key: 'Active', value: 'TRUE' },
    { key: 'Dir', value: 'In' },
    { key: 'Name', value: name },
  ];
  const rule = changedRule({ version, fields }, given, USAGE.add);
  await changeSystemHive(context, 'SYSTEM', (system) =>
    putFirewallRule(system, { id: `{${newGuid().toUpperCase()}}`, rule }),
  );
  context.output.write(OK);
};

/** `delete rule name=<name>`: all rules of that name. */
export const deleteRule: NetshCommand = async (context, args) => {
  const selection = parameters(args, SELECTORS);
  if (selection === undefined || selection.has('group')) throw badSyntax(USAGE.delete);
  const count = await changeSystemHive(context, 'SYSTEM', (system) => {
    const rules = selected(system, selection, USAGE.delete);
    for (const { id } of rules) deleteFirewallRule(system, id);
    return rules.length;
  });
  context.output.write(`\r\nDeleted ${count} rule(s).\r\n${OK}`);
};

/** `set rule name=<name>|group=<group> new enable=yes ...`: a group can only be switched on and off. */
export const setRule: NetshCommand = async (context, args) => {
  const at = args.findIndex((word) => word.toLowerCase() === 'new');
  const selection = parameters(args.slice(0, Math.max(0, at)), SELECTORS);
  const change: RuleParameters | undefined = parameters(args.slice(at + 1), ['name', ...RULE_PARAMETERS]);
  if (at < 0 || selection === undefined || change === undefined || change.size === 0)
    throw badSyntax(USAGE.set);
  if (selection.has('group') && [...change.keys()].some((name) => name !== 'enable'))
    throw badSyntax(USAGE.set);
  const count = await changeSystemHive(context, 'SYSTEM', (system) => {
    const rules = selected(system, selection, USAGE.set);
    for (const { id, rule } of rules) putFirewallRule(system, { id, rule: renamed(rule, change) });
    return rules.length;
  });
  context.output.write(`\r\nUpdated ${count} rule(s).\r\n${OK}`);
};

function renamed(rule: FirewallRule, change: RuleParameters): FirewallRule {
  const changed = changedRule(rule, change, USAGE.set);
  const name = change.get('name');
  if (name === undefined) return changed;
  if (name.includes('|')) throw new NetshFailure('\r\nA specified value is not valid.\r\n\r\n');
  return withRuleField(changed, 'Name', name);
}
