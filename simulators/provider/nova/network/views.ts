import { createHash } from 'node:crypto';
import type { Address, Instance } from '../compute/instance';
import { OPERATOR_PROJECT } from '../image/view';
import type { Network, Subnet } from './network-store';

/** A provider's network has been there since before anybody looked; `Z` times as Neutron writes them. */
const SINCE = '2026-01-01T00:00:00Z';

const both = (id: string) => ({ tenant_id: id, project_id: id });
const recorded = (createdAt: string, updatedAt = createdAt) => ({
  created_at: createdAt,
  updated_at: updatedAt,
  revision_number: 1,
  description: '',
  tags: [],
});

export function networkView(network: Network) {
  const { id, name, projectId, subnets } = network;
  return {
    id,
    name,
    ...both(projectId ?? OPERATOR_PROJECT),
    status: 'ACTIVE',
    admin_state_up: true,
    shared: projectId === undefined,
    'router:external': false,
    mtu: 1500,
    port_security_enabled: true,
    is_default: false,
    availability_zone_hints: [],
    availability_zones: ['nova'],
    ipv4_address_scope: null,
    ipv6_address_scope: null,
    l2_adjacency: true,
    subnets: subnets.map((subnet) => subnet.id),
    ...recorded(SINCE),
  };
}

export function subnetView(network: Network, subnet: Subnet) {
  const { id, name, version, cidr, gateway, first, last } = subnet;
  return {
    id,
    name,
    ...both(network.projectId ?? OPERATOR_PROJECT),
    network_id: network.id,
    ip_version: version,
    cidr,
    gateway_ip: gateway,
    allocation_pools: [{ start: first, end: last }],
    enable_dhcp: true,
    dns_nameservers: [],
    host_routes: [],
    ipv6_address_mode: version === 6 ? 'slaac' : null,
    ipv6_ra_mode: version === 6 ? 'slaac' : null,
    service_types: [],
    subnetpool_id: null,
    segment_id: null,
    ...recorded(SINCE),
  };
}

/** The port of one server in one network: it has all the addresses of the server there. */
export function portView(instance: Instance, network: Network, addresses: readonly Address[]) {
  const created = isoSeconds(instance.created);
  return {
    id: portIdOf(instance, network),
    name: '',
    ...both(instance.projectId),
    network_id: network.id,
    mac_address: addresses[0]?.mac ?? '',
    device_id: instance.id,
    device_owner: 'compute:nova',
    // A server that is off keeps its port, which is then down.
    status: instance.powerState === 1 ? 'ACTIVE' : 'DOWN',
    admin_state_up: true,
    port_security_enabled: true,
    fixed_ips: addresses.map(({ address, version }) => ({
      subnet_id: network.subnets.find((subnet) => subnet.version === version)?.id ?? null,
      ip_address: address,
    })),
    security_groups: instance.securityGroups.map(() => defaultGroupId(instance.projectId)),
    allowed_address_pairs: [],
    extra_dhcp_opts: [],
    'binding:vnic_type': 'normal',
    dns_name: '',
    dns_assignment: [],
    qos_policy_id: null,
    ...recorded(created, isoSeconds(instance.updated)),
  };
}

/** Each project has one group, which lets everything out and its own members in, and RDP and SSH from anywhere. */
export function securityGroupView(projectId: string) {
  return {
    id: defaultGroupId(projectId),
    name: 'default',
    ...both(projectId),
    ...recorded(SINCE),
    description: 'Default security group',
    stateful: true,
    shared: false,
    security_group_rules: securityGroupRules(projectId),
  };
}

export function securityGroupRules(projectId: string) {
  const group = defaultGroupId(projectId);
  const rule = (direction: 'ingress' | 'egress', ethertype: string, port: number | null, own: boolean) => ({
    id: idOf(group, direction, ethertype, String(port)),
    security_group_id: group,
    ...both(projectId),
    direction,
    ethertype,
    protocol: port === null ? null : 'tcp',
    port_range_min: port,
    port_range_max: port,
    remote_ip_prefix: null,
    remote_group_id: own ? group : null,
    remote_address_group_id: null,
    ...recorded(SINCE),
  });
  return [
    ...['IPv4', 'IPv6'].flatMap((type) => [
      rule('egress', type, null, false),
      rule('ingress', type, null, true),
    ]),
    ...[22, 3389].map((port) => rule('ingress', 'IPv4', port, false)),
  ];
}

function defaultGroupId(projectId: string): string {
  return idOf('default', projectId);
}

/** A server has one port in each of its networks. */
export function portIdOf(instance: Pick<Instance, 'id'>, network: Pick<Network, 'id'>): string {
  return idOf(instance.id, network.id);
}

/** An id that is the same each time, shaped like a version 4 UUID. */
function idOf(...parts: string[]): string {
  const digits = createHash('sha256').update(parts.join(' ')).digest('hex');
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
