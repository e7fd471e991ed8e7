import { createHash } from 'node:crypto';
import type { Instance } from '../compute/instance';
import { statusOf } from '../compute/states';
import type { NovaFlavor } from '../flavor';
import type { ComputeContext } from './call';
import { bookmark, linksOf } from './links';

const WITH_PROGRESS: ReadonlySet<string> = new Set(['ACTIVE', 'BUILD']);
const WITH_FAULT: ReadonlySet<string> = new Set(['ERROR', 'DELETED']);

/** A server in the short list. */
export function basicServer(context: ComputeContext, { id, name }: Instance) {
  return { id, name, links: linksOf(context, `/servers/${id}`) };
}

/**
 * A server as an ordinary user of the project sees it; exactly Nova's fields for the asked microversion
 * (nova/api/openstack/compute/views/servers.py). `alone`: not as a part of a list.
 */
export function detailedServer(context: ComputeContext, instance: Instance, { alone }: { alone: boolean }) {
  const { version, projectId } = context;
  const { id } = instance;
  const status = statusOf(instance.vmState, instance.taskState);
  const hostId = createHash('sha224').update(`${projectId}compute-1`).digest('hex');
  const active = instance.launchedAt !== null;
  return {
    id,
    name: instance.name,
    status,
    tenant_id: instance.projectId,
    user_id: instance.userId,
    metadata: instance.metadata,
    hostId: active ? hostId : '',
    image: imageOf(context, instance),
    flavor: flavorOf(context, instance),
    created: isoSeconds(instance.created),
    updated: isoSeconds(instance.updated),
    addresses: addressesOf(instance),
    accessIPv4: '',
    accessIPv6: '',
    links: linksOf(context, `/servers/${id}`),
    'OS-DCF:diskConfig': 'AUTO',
    ...(WITH_FAULT.has(status) && instance.fault !== undefined && { fault: faultOf(instance.fault) }),
    ...(WITH_PROGRESS.has(status) && { progress: 0 }),
    'OS-EXT-AZ:availability_zone': active ? 'nova' : '',
    config_drive: instance.configDrive ? 'True' : '',
    key_name: instance.keyName,
    'OS-SRV-USG:launched_at': instance.launchedAt === null ? null : isoMicroseconds(instance.launchedAt),
    'OS-SRV-USG:terminated_at': null,
    security_groups: [{ name: 'default' }],
    'OS-EXT-STS:task_state': instance.taskState,
    'OS-EXT-STS:vm_state': instance.vmState,
    'OS-EXT-STS:power_state': instance.powerState,
    'os-extended-volumes:volumes_attached': instance.volumes.map((volume) => ({
      id: volume.id,
      ...(version >= 3 && { delete_on_termination: volume.deleteOnTermination }),
    })),
    ...(version >= 9 && { locked: instance.locked }),
    ...(version >= 19 && { description: null }),
    ...(version >= 26 && { tags: [] }),
    ...(version >= 63 && { trusted_image_certificates: null }),
    ...(version >= 71 && alone && { server_groups: [] }),
    ...(version >= 73 && { locked_reason: instance.lockedReason }),
    ...(version >= 90 && { 'OS-EXT-SRV-ATTR:hostname': hostNameOf(instance.name) }),
    ...(context.rackspace && { 'RAX-PUBLIC-IP-ZONE-ID:publicIPZoneId': hostId }),
  };
}

function imageOf(context: ComputeContext, { imageId }: Instance) {
  return imageId === undefined ? '' : { id: imageId, links: [bookmark(context, `/images/${imageId}`)] };
}

function flavorOf(context: ComputeContext, { flavorId }: Instance) {
  const flavor = context.compute.flavors.find(({ id }) => id === flavorId) as NovaFlavor;
  if (context.version < 47) {
    return { id: flavorId, links: [bookmark(context, `/flavors/${flavorId}`)] };
  }
  const { vcpus, ram, disk, ephemeral, swap, name, extraSpecs } = flavor;
  return { vcpus, ram, disk, ephemeral, swap, original_name: name, extra_specs: extraSpecs };
}

function addressesOf({ addresses }: Instance) {
  return Object.fromEntries(
    Object.entries(addresses).map(([network, list]) => [
      network,
      list.map(({ address, version, mac }) => ({
        version,
        addr: address,
        'OS-EXT-IPS:type': 'fixed',
        'OS-EXT-IPS-MAC:mac_addr': mac,
      })),
    ]),
  );
}

/** `details`, a Python traceback, is left out: there is none here. */
function faultOf({ code, message, created }: NonNullable<Instance['fault']>) {
  return { code, created: isoSeconds(created), message };
}

function hostNameOf(name: string): string {
  const text = name
    .toLowerCase()
    .replaceAll(/[ _]/g, '-')
    .replaceAll(/[^a-z0-9.-]/g, '');
  return text.replaceAll(/^[.-]+|[.-]+$/g, '').slice(0, 63);
}

function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `OS-SRV-USG` times have microseconds and no time zone. */
function isoMicroseconds(time: number): string {
  return new Date(time).toISOString().replace('Z', '000');
}
