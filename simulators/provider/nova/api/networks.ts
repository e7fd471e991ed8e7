import { refuse } from '../compute/refusal';
import type { Network } from '../network/network-store';
import type { ComputeCall } from './call';
import { json } from './json';

/** The compute API's network proxies; they ended with microversion 2.36 in favour of Neutron. */
export function listNetworks(call: ComputeCall): Response {
  return json({ networks: visible(call).map(fullView) });
}

export function showNetwork(call: ComputeCall): Response {
  return json({ network: fullView(networkOf(call, 'Network not found')) });
}

export function listTenantNetworks(call: ComputeCall): Response {
  return json({ networks: visible(call).map(shortView) });
}

export function showTenantNetwork(call: ComputeCall): Response {
  return json({ network: shortView(networkOf(call, 'Network not found')) });
}

function visible({ context: { compute, caller } }: ComputeCall): Network[] {
  return compute.networks.networks.filter(
    ({ projectId }) => projectId === undefined || projectId === caller.projectId,
  );
}

function networkOf(call: ComputeCall, message: string): Network {
  const network = visible(call).find(({ id }) => id === call.parameters['network']);
  if (network === undefined) {
    throw refuse.notFound(message);
  }
  return network;
}

function shortView({ id, name, subnets }: Network) {
  return { id, label: name, cidr: subnets[0]?.cidr ?? 'None' };
}

/** nova-network's fields; with Neutron behind it all but two of them are empty. */
function fullView({ id, name }: Network) {
  const empty = Object.fromEntries(
    'bridge gateway broadcast netmask cidr netmask_v6 gateway_v6 cidr_v6 project_id dns1 dns2 vlan'
      .split(' ')
      .map((field) => [field, null]),
  );
  return { ...empty, id, label: name };
}
