import { flavorOf } from '../compute/compute';
import { MOST_KEY_PAIRS } from '../compute/key-pairs';
import { refuse } from '../compute/refusal';
import type { ComputeCall } from './call';
import { json } from './json';
import type { Microversion } from './microversion';

/** `[quota] server_groups` of nova.conf. */
export const MOST_SERVER_GROUPS = 10;

/** nova.conf's `[quota]`; what is counted elsewhere has no limit here. */
export const LIMITS = {
  instances: 10,
  cores: 20,
  ram: 51_200,
  floating_ips: -1,
  fixed_ips: -1,
  metadata_items: 128,
  injected_files: 5,
  injected_file_content_bytes: 10_240,
  injected_file_path_bytes: 255,
  security_groups: -1,
  security_group_rules: -1,
  key_pairs: MOST_KEY_PAIRS,
  server_groups: MOST_SERVER_GROUPS,
  server_group_members: 10,
} as const;
type Resource = keyof typeof LIMITS;

const NEUTRONS: readonly Resource[] = [
  'floating_ips',
  'fixed_ips',
  'security_groups',
  'security_group_rules',
];
const FILES: readonly Resource[] = [
  'injected_files',
  'injected_file_content_bytes',
  'injected_file_path_bytes',
];

/** How `/limits` calls them, and what is used of them. */
const NAMES: readonly (readonly [name: string, resource: Resource])[] = [
  ['maxTotalInstances', 'instances'],
  ['maxTotalCores', 'cores'],
  ['maxTotalRAMSize', 'ram'],
  ['maxTotalFloatingIps', 'floating_ips'],
  ['maxServerMeta', 'metadata_items'],
  ['maxImageMeta', 'metadata_items'],
  ['maxPersonality', 'injected_files'],
  ['maxPersonalitySize', 'injected_file_content_bytes'],
  ['maxSecurityGroups', 'security_groups'],
  ['maxSecurityGroupRules', 'security_group_rules'],
  ['maxTotalKeypairs', 'key_pairs'],
  ['maxServerGroups', 'server_groups'],
  ['maxServerGroupMembers', 'server_group_members'],
];
const USED: readonly (readonly [name: string, resource: Resource])[] = [
  ['totalInstancesUsed', 'instances'],
  ['totalCoresUsed', 'cores'],
  ['totalRAMUsed', 'ram'],
  ['totalFloatingIpsUsed', 'floating_ips'],
  ['totalSecurityGroupsUsed', 'security_groups'],
  ['totalServerGroupsUsed', 'server_groups'],
];

/** `GET /limits`: nothing is limited by time here. */
export function showLimits(call: ComputeCall): Response {
  const { caller, version } = call.context;
  const [other] = call.query['tenant_id'] ?? [];
  if (other !== undefined && !caller.isAdmin) {
    throw refuse.policy('limits:other_project');
  }
  const shown = (resource: Resource) => isShown(resource, version);
  const used = usedBy(call, other ?? caller.projectId);
  const absolute = Object.fromEntries([
    ...NAMES.filter(([name, resource]) => shown(resource) && (name !== 'maxImageMeta' || version < 39)).map(
      ([name, resource]) => [name, LIMITS[resource]],
    ),
    ...USED.filter(([, resource]) => shown(resource)).map(([name, resource]) => [name, used[resource] ?? 0]),
  ]);
  return json({ limits: { rate: [], absolute } });
}

/** `GET /os-quota-sets/{project}`, and its defaults, which nobody has changed. */
export function showQuotas(call: ComputeCall): Response {
  return quotaSet(call, (resource) => LIMITS[resource]);
}

export function showQuotasInDetail(call: ComputeCall): Response {
  const used = usedBy(call, call.parameters['tenant'] ?? '');
  return quotaSet(call, (resource) => ({
    in_use: used[resource] ?? 0,
    limit: LIMITS[resource],
    reserved: 0,
  }));
}

/** The quotas of another project are the operator's business; `policy` of the call. */
export const ownProject =
  (policy: string, answer: (call: ComputeCall) => Response) =>
  (call: ComputeCall): Response => {
    const { caller } = call.context;
    if (call.parameters['tenant'] !== caller.projectId && !caller.isAdmin) {
      throw refuse.policy(policy);
    }
    return answer(call);
  };

function quotaSet({ context, parameters }: ComputeCall, value: (resource: Resource) => unknown): Response {
  const shown = (Object.keys(LIMITS) as Resource[]).filter((resource) => isShown(resource, context.version));
  return json({
    quota_set: {
      id: parameters['tenant'],
      ...Object.fromEntries(shown.map((resource) => [resource, value(resource)])),
    },
  });
}

function isShown(resource: Resource, version: Microversion): boolean {
  return !((version >= 36 && NEUTRONS.includes(resource)) || (version >= 57 && FILES.includes(resource)));
}

/** What a project has of what is limited. */
export function usedBy(
  { context: { compute } }: ComputeCall,
  projectId: string,
): Partial<Record<Resource, number>> {
  const flavors = compute.instances
    .list()
    .filter((instance) => instance.projectId === projectId)
    .map((instance) => flavorOf(compute, instance));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    instances: flavors.length,
    cores: sum(flavors.map(({ vcpus }) => vcpus)),
    ram: sum(flavors.map(({ ram }) => ram)),
    server_groups: compute.serverGroups.of(projectId).length,
  };
}
