import { checkState } from '../compute/check-state';
import { refuse } from '../compute/refusal';
import type { Network } from '../network/network-store';
import { portIdOf } from '../network/views';
import type { ServerCall } from './call';
import { empty, json } from './json';
import { addressesOf } from './server-view';

/** What hangs below a server: its addresses, metadata, encrypted password and interfaces. */

type Metadata = Readonly<Record<string, string>>;

export function listAddresses({ instance }: ServerCall): Response {
  return json({ addresses: addressesOf(instance, false) });
}

export function showAddresses({ instance, parameters }: ServerCall): Response {
  const name = parameters['network'] ?? '';
  const addresses = addressesOf(instance, false);
  if (!Object.hasOwn(addresses, name)) {
    throw refuse.notFound('Instance is not a member of specified network');
  }
  return json({ [name]: addresses[name] });
}

export function listMetadata({ instance }: ServerCall): Response {
  return json({ metadata: instance.metadata });
}

/** `POST` adds, `PUT` replaces everything. */
export function changeMetadata(call: ServerCall): Response {
  const { metadata } = call.body as { metadata: Metadata };
  const all = call.request.method === 'PUT' ? metadata : { ...call.instance.metadata, ...metadata };
  return json({ metadata: setMetadata(call, all, 'updateMetadata') });
}

export function showMetadataItem({ instance, parameters }: ServerCall): Response {
  const key = parameters['key'] ?? '';
  return json({ meta: { [key]: itemOf(instance.metadata, key) } });
}

export function changeMetadataItem(call: ServerCall): Response {
  const { meta } = call.body as { meta: Metadata };
  const key = call.parameters['key'] ?? '';
  if (!Object.hasOwn(meta, key)) {
    throw refuse.badRequest('Request body and URI mismatch');
  }
  setMetadata(call, { ...call.instance.metadata, ...meta }, 'updateMetadata');
  return json({ meta });
}

export function deleteMetadataItem(call: ServerCall): Response {
  const key = call.parameters['key'] ?? '';
  itemOf(call.instance.metadata, key);
  const { [key]: _, ...rest } = call.instance.metadata;
  setMetadata(call, rest, 'deleteMetadata');
  return empty(204);
}

function itemOf(metadata: Metadata, key: string): string {
  const value = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
  if (value === undefined) {
    throw refuse.notFound('Metadata item was not found');
  }
  return value;
}

function setMetadata(
  { context: { compute, actor }, instance }: ServerCall,
  metadata: Metadata,
  rule: 'updateMetadata' | 'deleteMetadata',
): Metadata {
  checkState(instance, rule, actor);
  compute.instances.update(instance, { metadata });
  return metadata;
}

/** What the guest posted to the metadata service, encrypted for the key's owner; '' where it posted nothing. */
export function showPassword({ instance }: ServerCall): Response {
  return json({ password: instance.encryptedPassword });
}

/** Forgets the encrypted password; the one in the guest stays as it is. */
export function clearPassword({ context, instance }: ServerCall): Response {
  context.compute.instances.update(instance, { encryptedPassword: '' });
  return empty(204);
}

export function listInterfaces(call: ServerCall): Response {
  return json({ interfaceAttachments: interfacesOf(call) });
}

export function showInterface(call: ServerCall): Response {
  const id = call.parameters['port'];
  const found = interfacesOf(call).find(({ port_id }) => port_id === id);
  if (found === undefined) {
    throw refuse.notFound(`Instance ${call.instance.id} does not have a port with id ${id}`);
  }
  return json({ interfaceAttachment: found });
}

function interfacesOf({ context, instance }: ServerCall) {
  const { networks } = context.compute;
  const attached = Object.entries(instance.addresses).flatMap(([name, addresses]) => {
    const network = networks.byName(name);
    return network === undefined ? [] : [{ network, addresses }];
  });
  return attached.map(({ network, addresses }) => ({
    port_state: instance.powerState === 1 ? 'ACTIVE' : 'DOWN',
    fixed_ips: addresses.map(({ address, version }) => ({
      subnet_id: subnetOf(network, version),
      ip_address: address,
    })),
    net_id: network.id,
    port_id: portIdOf(instance, network),
    mac_addr: addresses[0]?.mac ?? '',
    ...(context.version >= 70 && { tag: null }),
  }));
}

function subnetOf({ subnets }: Network, version: 4 | 6): string | null {
  return subnets.find((subnet) => subnet.version === version)?.id ?? null;
}

/** Interfaces stay as they are here; where Nova would refuse because of the server's state, so does this. */
export function changeInterfaces({ context, instance, request }: ServerCall): Response {
  checkState(instance, request.method === 'POST' ? 'attachInterface' : 'detachInterface', context.actor);
  throw refuse.notImplemented('The simulated compute service does not change interfaces.');
}
