import { refuse } from '../compute/refusal';
import type { Carry } from './answer-call';
import type { Microversion } from './microversion';

/** A call that only the operator of the cloud may make: method and path, and the rule that a 403 names. */
interface OperatorsCall {
  readonly call: string;
  readonly policy: string;
  /** The first and the last microversion that have it. */
  readonly since?: Microversion;
  readonly until?: Microversion;
}

const calls = (
  policy: string,
  names: Readonly<Record<string, string>>,
  versions: Pick<OperatorsCall, 'since' | 'until'> = {},
): OperatorsCall[] =>
  Object.entries(names).map(([call, rule]) => ({
    call,
    policy: rule === '' ? policy : `${policy}:${rule}`,
    ...versions,
  }));

/** Nova's calls of this kind; nova/policies. Nobody has the right by default. */
export const OPERATORS_CALLS: readonly OperatorsCall[] = [
  ...calls('os-services', {
    'GET /os-services': 'list',
    'PUT /os-services/{service}': 'update',
    'DELETE /os-services/{service}': 'delete',
  }),
  ...calls('os-hypervisors', {
    'GET /os-hypervisors': 'list',
    'GET /os-hypervisors/detail': 'list-detail',
    'GET /os-hypervisors/{hypervisor}': 'show',
  }),
  ...calls('os-hypervisors', { 'GET /os-hypervisors/statistics': 'statistics' }, { until: 87 }),
  ...calls('os-hypervisors', { 'GET /os-hypervisors/{hypervisor}/uptime': 'uptime' }, { until: 87 }),
  ...calls(
    'os-hypervisors',
    {
      'GET /os-hypervisors/{hypervisor}/search': 'search',
      'GET /os-hypervisors/{hypervisor}/servers': 'servers',
    },
    { until: 52 },
  ),
  ...calls('os-aggregates', {
    'GET /os-aggregates': 'index',
    'POST /os-aggregates': 'create',
    'GET /os-aggregates/{aggregate}': 'show',
    'PUT /os-aggregates/{aggregate}': 'update',
    'DELETE /os-aggregates/{aggregate}': 'delete',
  }),
  ...calls(
    'os-hosts',
    { 'GET /os-hosts': 'list', 'GET /os-hosts/{host}': 'show', 'PUT /os-hosts/{host}': 'update' },
    { until: 42 },
  ),
  ...calls('os-availability-zone', { 'GET /os-availability-zone/detail': 'detail' }),
  ...calls('os-migrations', { 'GET /os-migrations': 'index' }),
  ...calls('servers:migrations', { 'GET /servers/{server}/migrations': 'index' }, { since: 22 }),
  ...calls('os-server-diagnostics', { 'GET /servers/{server}/diagnostics': '' }),
  ...calls('os-quota-sets', {
    'PUT /os-quota-sets/{tenant}': 'update',
    'DELETE /os-quota-sets/{tenant}': 'delete',
  }),
  ...calls('os-quota-class-sets', {
    'GET /os-quota-class-sets/{class}': 'show',
    'PUT /os-quota-class-sets/{class}': 'update',
  }),
  ...calls('os-simple-tenant-usage', { 'GET /os-simple-tenant-usage': 'list' }),
  ...calls('os-instance-usage-audit-log', {
    'GET /os-instance_usage_audit_log': 'list',
    'GET /os-instance_usage_audit_log/{before}': 'show',
  }),
  ...calls('os-console-auth-tokens', { 'GET /os-console-auth-tokens/{token}': '' }),
  ...calls('os-server-external-events', { 'POST /os-server-external-events': 'create' }),
  ...calls('os-assisted-volume-snapshots', {
    'POST /os-assisted-volume-snapshots': 'create',
    'DELETE /os-assisted-volume-snapshots/{snapshot}': 'delete',
  }),
  ...calls(
    'os-baremetal-nodes',
    { 'GET /os-baremetal-nodes': 'list', 'GET /os-baremetal-nodes/{node}': 'show' },
    { until: 35 },
  ),
  ...calls('os-flavor-manage', {
    'POST /flavors': 'create',
    'PUT /flavors/{flavor}': 'update',
    'DELETE /flavors/{flavor}': 'delete',
  }),
  ...calls('os-flavor-access', { 'GET /flavors/{flavor}/os-flavor-access': '' }),
  ...calls('os-flavor-extra-specs', {
    'POST /flavors/{flavor}/os-extra_specs': 'create',
    'PUT /flavors/{flavor}/os-extra_specs/{key}': 'update',
    'DELETE /flavors/{flavor}/os-extra_specs/{key}': 'delete',
  }),
];

/** Refuses whoever is not the operator, and tells an operator that there is nothing to operate. */
export const carryOutOperatorsCall =
  ({ policy, since = 0, until = Number.POSITIVE_INFINITY }: OperatorsCall): Carry =>
  ({ context: { caller, version } }) => {
    if (version < since || version > until) {
      throw refuse.notFound('The resource could not be found.');
    }
    throw caller.isAdmin
      ? refuse.notImplemented('The simulated compute service has one host only.')
      : refuse.policy(policy);
  };

/** Parts of the API that Nova has taken out: whoever asks for them learns that they are gone. */
export const GONE_CALLS: readonly string[] = [
  'GET /os-agents',
  'POST /os-agents',
  'GET /os-cells',
  'GET /os-cells/detail',
  'GET /os-cells/{cell}',
  'POST /os-certificates',
  'GET /os-certificates/{certificate}',
  'GET /os-cloudpipe',
  'POST /os-cloudpipe',
  'GET /os-fixed-ips/{address}',
  'GET /os-floating-ip-dns',
  'GET /os-floating-ips-bulk',
  'GET /os-fping',
  'GET /os-fping/{id}',
  'GET /os-security-group-default-rules',
  'GET /servers/{server}/consoles',
  'POST /servers/{server}/consoles',
  'GET /servers/{server}/os-virtual-interfaces',
];

/** webob's explanation of a 410. */
export const carryOutGoneCall: Carry = () => {
  throw refuse.gone('This resource is no longer available.  No forwarding address is given.');
};
