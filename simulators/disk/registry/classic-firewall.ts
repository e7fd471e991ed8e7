import type { Hive, HiveKey } from '../regf';
import { currentControlSet } from './control-set';
import { type InboundEndpoint, type InboundPolicy, OPEN } from './inbound-policy';
import { ipv4Remotes, type RemoteAddresses, type RemoteNames } from './remote-addresses';

/** Service that is the firewall of Windows XP and Server 2003. */
export const CLASSIC_FIREWALL_SERVICE = 'SharedAccess';

/** The key of computers that are in no domain. */
function profilePath(system: Hive): string {
  const service = `${currentControlSet(system)}\\Services\\${CLASSIC_FIREWALL_SERVICE}`;
  return `${service}\\Parameters\\FirewallPolicy\\StandardProfile`;
}

/** An exception: whom it lets in, and whether it is switched on. */
interface Exception {
  /** `3389:TCP`, or the path of a program. */
  readonly subject: string;
  readonly scope: string;
  readonly enabled: boolean;
}

/**
 * A value of a list of exceptions: `3389:TCP:*:Enabled:name` or `C:\path\program.exe:LocalSubNet:Disabled:name`
 * (Microsoft, "Deploying Windows Firewall Settings": port, protocol, scope, status, name). Undefined for another form.
 */
function parseException(text: string): Exception | undefined {
  const [, subject, scope, status] = /^(.+?):([^:\\]*):(enabled|disabled)(?::|$)/i.exec(text) ?? [];
  if (subject === undefined || scope === undefined || status === undefined) return undefined;
  return { subject, scope, enabled: status.toLowerCase() === 'enabled' };
}

/**
 * What the firewall of Windows Server 2003 with SP1 or later does with an endpoint, where its service runs: it knows
 * exceptions only, lists of ports and of programs, and a number for the echo request of ICMP.
 * @param names the addresses behind `LocalSubNet`
 */
export function classicInboundPolicy(
  system: Hive,
  endpoint: InboundEndpoint,
  names: RemoteNames,
): InboundPolicy {
  const profile = system.key(profilePath(system));
  if (profile?.getDword('EnableFirewall') !== 1) return OPEN;
  const allowed =
    profile.getDword('DoNotAllowExceptions') === 1
      ? []
      : exceptionsFor(profile, endpoint).map(remotes(names));
  return { blocked: [], allowed, otherwise: 'block' };
}

function exceptionsFor(profile: HiveKey, { protocol, number, programs }: InboundEndpoint): Exception[] {
  if (protocol === 'icmp') {
    const echo = profile.key('IcmpSettings')?.getDword('AllowInboundEchoRequest') === 1;
    return echo ? [{ subject: 'echo request', scope: '*', enabled: true }] : [];
  }
  const ports = exceptions(profile.key('GloballyOpenPorts\\List')).filter(
    ({ subject }) => subject.toLowerCase() === `${number}:${protocol}`,
  );
  const ofPrograms = exceptions(profile.key('AuthorizedApplications\\List')).filter(({ subject }) =>
    programs.includes(subject.toLowerCase().split('\\').pop() ?? ''),
  );
  return [...ports, ...ofPrograms];
}

/** The exceptions of a list that are switched on; values of another form are left out. */
function exceptions(list: HiveKey | undefined): Exception[] {
  return (list?.values() ?? []).flatMap(({ name }) => {
    const exception = parseException(list?.getString(name) ?? '');
    return exception?.enabled ? [exception] : [];
  });
}

/** A scope is `*`, or addresses, networks with their masks and `LocalSubNet` with commas between them; IPv4 only. */
function remotes(names: RemoteNames): (exception: Exception) => RemoteAddresses {
  return ({ scope }) => {
    const parts = scope.split(',').map((part) => part.trim());
    if (parts.includes('*')) return { v4: 'any', v6: 'any' };
    return { v4: ipv4Remotes(parts, names), v6: [] };
  };
}

/**
 * The firewall of a rented server with Windows Server 2003: on, with Remote Desktop, SSH and ping let in, file sharing in
 * the list and switched off. Names in Windows' own form (documented); which are on is our choice.
 */
export function addClassicFirewall(system: Hive): void {
  const profile = profilePath(system);
  const settings = system.createKey(profile);
  settings.setDword('EnableFirewall', 1);
  settings.setDword('DoNotAllowExceptions', 0);
  settings.setDword('DisableNotifications', 1);
  const ports = system.createKey(`${profile}\\GloballyOpenPorts\\List`);
  ports.setString('3389:TCP', '3389:TCP:*:Enabled:@xpsp2res.dll,-22009');
  ports.setString('22:TCP', '22:TCP:*:Enabled:OpenSSH SSH Server');
  ports.setString('445:TCP', '445:TCP:LocalSubNet:Disabled:@xpsp2res.dll,-22005');
  system.createKey(`${profile}\\IcmpSettings`).setDword('AllowInboundEchoRequest', 1);
}
