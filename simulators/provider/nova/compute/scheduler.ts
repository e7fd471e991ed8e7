import type { Compute } from './compute';
import type { Instance } from './instance';
import { Refusal } from './refusal';
import type { ServerGroup } from './server-groups';

/** `NoValidHost`: the placement service found no room, and gives no reason; or the filters left no host. */
const noValidHost = (reason: string) => new Refusal(500, `No valid host was found. ${reason}`);
const NO_ROOM = '';
const NONE_LEFT = 'There are not enough hosts available.';

/**
 * Finds a host for each of the servers that one request makes: all of them get one, or none does. Of the hosts that
 * their server group allows it takes the emptiest, or what a soft policy prefers. Throws a refusal that becomes the
 * servers' fault. Source: nova/scheduler/manager.py, filters/affinity_filter.py, weights/affinity.py.
 */
export function chooseHosts(
  { hosts, roomFor, instances }: Compute,
  servers: readonly Instance[],
  group: ServerGroup | undefined,
): ReadonlyMap<Instance, string> {
  const placed = instances.list().filter(({ host }) => host !== null);
  if (servers.length > roomFor(placed)) {
    throw noValidHost(NO_ROOM);
  }
  const chosen = new Map<Instance, string>();
  for (const server of servers) {
    const everybody = [
      ...placed.map(({ id, host }) => ({ id, host })),
      ...[...chosen].map(([{ id }, host]) => ({ id, host })),
    ];
    const members = everybody.filter(({ id }) => group?.members.includes(id));
    const allowed = hosts.filter((host) => group === undefined || allows(group, host, members));
    const on = (list: readonly { host: string | null }[], host: string) =>
      list.filter((one) => one.host === host).length;
    const weight = (host: string) =>
      preference(group) * on(members, host) * (everybody.length + 1) - on(everybody, host);
    const [best] = [...allowed].sort((one, other) => weight(other) - weight(one));
    if (best === undefined) {
      throw noValidHost(NONE_LEFT);
    }
    chosen.set(server, best);
  }
  return chosen;
}

function allows(
  { policy, rules }: ServerGroup,
  host: string,
  members: readonly { host: string | null }[],
): boolean {
  const here = members.filter((member) => member.host === host).length;
  switch (policy) {
    case 'affinity':
      return members.length === 0 || here > 0;
    case 'anti-affinity':
      return here < (rules['max_server_per_host'] ?? 1);
    default:
      return true;
  }
}

/** Whether a host is better or worse for the members that it has. */
function preference(group: ServerGroup | undefined): number {
  return group?.policy === 'soft-affinity' ? 1 : group?.policy === 'soft-anti-affinity' ? -1 : 0;
}
