import { refuse } from '../compute/refusal';
import type { ServerGroup } from '../compute/server-groups';
import type { ComputeCall, ComputeContext } from './call';
import { empty, json } from './json';
import { MOST_SERVER_GROUPS } from './limits';
import { sliceOf } from './pages';

interface Wanted {
  readonly name: string;
  readonly policies?: readonly [string];
  readonly policy?: string;
  readonly rules?: Readonly<Record<string, number | string>>;
}

/** `GET /os-server-groups`; only an administrator gets those of all projects. */
export function listServerGroups(call: ComputeCall): Response {
  const { caller, compute } = call.context;
  const all = call.query['all_projects'] !== undefined && caller.isAdmin;
  const groups = all ? compute.serverGroups.all() : compute.serverGroups.of(caller.projectId);
  return json({ server_groups: sliceOf(call, groups).map((group) => view(call.context, group)) });
}

/** `POST /os-server-groups`: before 2.64 with a list of one policy. */
export function createServerGroup({ context, body }: ComputeCall): Response {
  const { compute, caller, version } = context;
  const { name, policies, policy, rules = {} } = (body as { server_group: Wanted }).server_group;
  if (compute.serverGroups.of(caller.projectId).length >= MOST_SERVER_GROUPS) {
    throw refuse.forbidden('Quota exceeded, too many server groups.');
  }
  if (version >= 64 && policy !== 'anti-affinity' && Object.keys(rules).length > 0) {
    throw refuse.badRequest('Only anti-affinity policy supports rules.');
  }
  const group: ServerGroup = {
    id: compute.random.uuid(),
    name,
    projectId: caller.projectId,
    userId: caller.userId,
    policy: policy ?? policies?.[0] ?? '',
    rules: Object.fromEntries(Object.entries(rules).map(([key, value]) => [key, Number(value)])),
    members: [],
  };
  compute.serverGroups.add(group);
  return json({ server_group: view(context, group) });
}

export function showServerGroup(call: ComputeCall): Response {
  return json({ server_group: view(call.context, groupIn(call)) });
}

/** Its servers stay. */
export function deleteServerGroup(call: ComputeCall): Response {
  call.context.compute.serverGroups.delete(groupIn(call));
  return empty(204);
}

function groupIn({ context: { compute, caller }, parameters }: ComputeCall): ServerGroup {
  const id = parameters['group'] ?? '';
  const group = compute.serverGroups.find(id);
  if (group === undefined || (group.projectId !== caller.projectId && !caller.isAdmin)) {
    throw refuse.notFound(`Instance group ${id} could not be found.`);
  }
  return group;
}

function view({ version, compute }: ComputeContext, group: ServerGroup) {
  const { id, name, policy, rules, members, projectId, userId } = group;
  return {
    id,
    name,
    ...(version >= 64 ? { policy, rules } : { policies: [policy], metadata: {} }),
    members: members.filter((member) => compute.instances.find(member) !== undefined),
    ...(version >= 13 && { project_id: projectId, user_id: userId }),
  };
}
