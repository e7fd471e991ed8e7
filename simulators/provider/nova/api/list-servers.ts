import type { Instance } from '../compute/instance';
import { refuse } from '../compute/refusal';
import { type VmState, vmStatesWith } from '../compute/states';
import type { ComputeCall, ComputeContext } from './call';
import { json } from './json';
import { pageOf } from './pages';
import { timeOf } from './schema/formats';
import { JOINED_TABLES } from './schemas/queries';
import { FILTERS } from './server-filters';
import { basicServer, detailedServer } from './server-view';
import { sorted } from './sort-servers';

export function listServers(call: ComputeCall): Response {
  return list(call, '/servers', (instance) => basicServer(call.context, instance));
}

export function listServersInDetail(call: ComputeCall): Response {
  return list(call, '/servers/detail', (instance) =>
    detailedServer(call.context, instance, { alone: false }),
  );
}

function list(call: ComputeCall, path: string, view: (instance: Instance) => object): Response {
  const found = sorted(call, matching(call));
  const { items, links } = pageOf(call, { path, items: found, idOf: ({ id }) => id });
  return json({ servers: items.map(view), ...(links && { servers_links: links }) });
}

/** Filters that anybody may use, from which microversion on; what else is asked for is passed over. */
const OPEN_FILTERS: Readonly<Record<string, number>> = {
  reservation_id: 1,
  name: 1,
  status: 1,
  image: 1,
  flavor: 1,
  ip: 1,
  'changes-since': 1,
  all_tenants: 1,
  ip6: 5,
  tags: 26,
  'tags-any': 26,
  'not-tags': 26,
  'not-tags-any': 26,
  'changes-before': 66,
  locked: 73,
  availability_zone: 83,
  config_drive: 83,
  key_name: 83,
  created_at: 83,
  launched_at: 83,
  terminated_at: 83,
  power_state: 83,
  task_state: 83,
  vm_state: 83,
  progress: 83,
  user_id: 83,
  hostname: 90,
};

function matching(call: ComputeCall): Instance[] {
  const { context, query } = call;
  const { caller, compute } = context;
  const filters = new Map(
    Object.entries(query)
      .filter(
        ([name]) => caller.isAdmin || (OPEN_FILTERS[name] ?? Number.POSITIVE_INFINITY) <= context.version,
      )
      .map(([name, values]) => [name, values.at(-1) ?? '']),
  );
  for (const name of filters.keys()) {
    if (JOINED_TABLES.includes(name) || name.startsWith('_')) {
      throw refuse.badRequest(`Invalid filter field: ${name}.`);
    }
  }
  const states = statesIn(query['status'], context);
  const [since, before] = [timeIn(filters, 'changes-since'), timeIn(filters, 'changes-before')];
  if (since !== undefined && before !== undefined && before < since) {
    throw refuse.badRequest('The value of changes-since must be less than or equal to changes-before.');
  }
  const everywhere = wantsAllProjects(call, filters);
  const deleted = since !== undefined || before !== undefined;
  const conditions = [...filters].map(([name, value]) => FILTERS[name]?.(value, context));
  return compute.instances
    .list({ deleted })
    .filter(
      (instance) =>
        (everywhere || instance.projectId === caller.projectId) &&
        (states === undefined || states.has(instance.vmState)) &&
        (since === undefined || instance.updated >= since) &&
        (before === undefined || instance.updated <= before) &&
        conditions.every((holds) => holds === undefined || holds(instance)),
    );
}

function statesIn(
  statuses: readonly string[] | undefined,
  { version, caller }: ComputeContext,
): ReadonlySet<VmState> | undefined {
  if (statuses === undefined) {
    return undefined;
  }
  const states = vmStatesWith(statuses);
  if (states === undefined && version >= 38) {
    throw refuse.badRequest('Invalid status value');
  }
  if (states?.size === 1 && states.has('deleted') && !caller.isAdmin) {
    throw refuse.forbidden('Only administrators may list deleted instances');
  }
  return states ?? new Set();
}

function timeIn(filters: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = filters.get(name);
  return text === undefined ? undefined : timeOf(text);
}

function wantsAllProjects({ context, url }: ComputeCall, filters: ReadonlyMap<string, string>): boolean {
  const wanted = filters.get('all_tenants');
  if (wanted === undefined || /^(0|f|false|off|n|no)$/i.test(wanted)) {
    return false;
  }
  if (wanted !== '' && !/^(1|t|true|on|y|yes)$/i.test(wanted)) {
    throw refuse.badRequest(
      `Invalid input received: Unrecognized value '${wanted}', acceptable values are: '0', '1', 'f', 'false', 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'`,
    );
  }
  if (!context.caller.isAdmin) {
    const list = url.pathname.endsWith('/detail') ? 'detail' : 'index';
    throw refuse.policy(`servers:${list}:get_all_tenants`);
  }
  return true;
}
