import {
  ACTIVE_PROFILE,
  changeFirewallProfile,
  FIREWALL_PROFILES,
  type FirewallProfile,
} from '../../../disk/registry';
import type { ProgramContext } from '../../shell';
import { changeSystemHive } from '../system-hives';
import { type NetshCommand, OK, parameters } from './command';
import { badSyntax, badValue } from './failure';

/** Windows Server 2003 has this context only, and two profiles. */
export const isClassic = ({ host }: ProgramContext): boolean => host.version.startsWith('5.');

/** What Windows 7 and later print after each command of the old context (general knowledge). */
const DEPRECATED =
  '\r\nIMPORTANT: Command executed successfully.\r\nHowever, "netsh firewall" is deprecated;\r\n' +
  'use "netsh advfirewall firewall" instead.\r\n' +
  'For more information on using "netsh advfirewall firewall" commands\r\n' +
  'instead of "netsh firewall", see KB article 947709\r\n' +
  'at http://go.microsoft.com/fwlink/?linkid=121488 .\r\n\r\n';

/** `netsh firewall set opmode [mode=]enable|disable [profile=current|all|domain|standard]` */
export const setOperationMode: NetshCommand = async (context, args) => {
  const classic = isClassic(context);
  const usage = 'set opmode [ mode = ] ENABLE|DISABLE [ [ profile = ] CURRENT|DOMAIN|STANDARD|ALL ]';
  const [first, ...rest] = args;
  const words = first !== undefined && !first.includes('=') ? [`mode=${first}`, ...rest] : args;
  const given = parameters(words, ['mode', 'profile']);
  const mode = given?.get('mode')?.toLowerCase();
  if (given === undefined || mode === undefined) throw badSyntax(usage);
  const profiles: Readonly<Record<string, readonly FirewallProfile[]>> = {
    current: [classic ? 'private' : ACTIVE_PROFILE],
    all: classic ? ['domain', 'private'] : FIREWALL_PROFILES,
    domain: ['domain'],
    standard: ['private'],
  };
  const which = given.get('profile')?.toLowerCase() ?? 'current';
  if (!['enable', 'disable'].includes(mode) || !Object.hasOwn(profiles, which)) throw badValue(usage);
  await changeSystemHive(context, 'SYSTEM', (system) => {
    for (const profile of profiles[which] ?? [])
      changeFirewallProfile(system, profile, { enabled: mode === 'enable' });
  });
  context.output.write(classic ? OK : DEPRECATED + OK);
};
