import { refuse } from '../compute/refusal';
import { changeGroups, DEFAULT_GROUP } from '../compute/security-groups';
import { securityGroupView } from '../network/views';
import type { ComputeCall, RunAction, ServerCall } from './call';
import { empty, json } from './json';
import { sliceOf } from './pages';
import { hasFormat } from './schema/formats';

/** `GET /servers/{server}/os-security-groups`: the groups of its ports. */
export function listServersGroups({ instance }: ServerCall): Response {
  const groups = instance.securityGroups.includes(DEFAULT_GROUP) ? [view(instance.projectId)] : [];
  return json({ security_groups: Object.keys(instance.addresses).length > 0 ? groups : [] });
}

/** The compute API's proxy of Neutron's groups; it ended with microversion 2.36. */
export function listSecurityGroups(call: ComputeCall): Response {
  return json({ security_groups: sliceOf(call, [view(call.context.caller.projectId)]) });
}

export function showSecurityGroup({ context, parameters }: ComputeCall): Response {
  const id = parameters['group'] ?? '';
  if (!hasFormat('uuid', id)) {
    throw refuse.badRequest('Security group id should be uuid');
  }
  const group = view(context.caller.projectId);
  if (group.id !== id) {
    throw refuse.notFound(`Security group ${id} does not exist`);
  }
  return json({ security_group: group });
}

/** Groups stay as they are here. */
export function changeSecurityGroups(_call: ComputeCall): never {
  throw refuse.notImplemented('The simulated cloud has one security group for each project.');
}

/** The actions `addSecurityGroup` and `removeSecurityGroup`; their texts are those of Nova before it had schemas. */
export const changeServersGroups =
  (change: 'add' | 'remove'): RunAction =>
  ({ context: { compute, actor }, instance }, argument) => {
    if (typeof argument !== 'object' || argument === null) {
      throw refuse.badRequest('Missing parameter dict');
    }
    const { name: group } = argument as { readonly name?: unknown };
    if (group === undefined) {
      throw refuse.badRequest('Security group not specified');
    }
    if (typeof group !== 'string' || group.trim() === '') {
      throw refuse.badRequest('Security group name cannot be empty');
    }
    changeGroups(compute, instance, actor, { group, change });
    return empty(202);
  };

/** As nova-network once showed a group: only what comes in, from everywhere where no group is named. */
function view(projectId: string) {
  const { id, name, description, security_group_rules: rules } = securityGroupView(projectId);
  return {
    id,
    name,
    description,
    tenant_id: projectId,
    rules: rules
      .filter(({ direction }) => direction === 'ingress')
      .map((rule) => ({
        id: rule.id,
        parent_group_id: id,
        ip_protocol: rule.protocol,
        from_port: rule.port_range_min,
        to_port: rule.port_range_max,
        group: rule.remote_group_id === null ? {} : { name, tenant_id: projectId },
        ip_range: rule.remote_group_id === null ? { cidr: rule.remote_ip_prefix ?? '0.0.0.0/0' } : {},
      })),
  };
}
