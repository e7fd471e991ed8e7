import { createHash } from 'node:crypto';
import { flavorOf } from '../compute/compute';
import type { Instance } from '../compute/instance';
import { statusOf } from '../compute/states';
import type { ComputeContext } from './call';
import { bookmark, linksOf } from './links';

const WITH_PROGRESS = ['ACTIVE', 'BUILD', 'REBUILD', 'RESIZE', 'VERIFY_RESIZE', 'MIGRATING'];
const WITH_FAULT = ['ERROR', 'DELETED'];

export interface ViewOptions {
  /** Not as a part of a list. */
  readonly alone: boolean;
  /** In the answer to a change; before 2.75 it tells less. */
  readonly changed?: 'update' | 'rebuild';
}

/** A server in the short list. */
export function basicServer(context: ComputeContext, { id, name }: Instance) {
  return { id, name, links: linksOf(context, `/servers/${id}`) };
}

/**
 * A server as the caller sees it; exactly Nova's fields for the asked microversion
 * (nova/api/openstack/compute/views/servers.py), an administrator's more among them.
 */
export function detailedServer(context: ComputeContext, instance: Instance, { alone, changed }: ViewOptions) {
  const { version } = context;
  const everything = changed === undefined || version >= 75;
  const { id } = instance;
  const status = statusOf(instance.vmState, instance.taskState);
  const { fault } = instance;
  return {
    id,
    name: instance.name,
    status,
    tenant_id: instance.projectId,
    user_id: instance.userId,
    metadata: instance.metadata,
    hostId: hostIdOf(instance),
    image: imageOf(context, instance),
    flavor: flavorView(context, instance),
    created: isoSeconds(instance.created),
    updated: isoSeconds(instance.updated),
    addresses: addressesOf(instance, everything),
    ...accessAddresses(context, instance),
    links: linksOf(context, `/servers/${id}`),
    'OS-DCF:diskConfig': instance.diskConfig,
    ...(WITH_FAULT.includes(status) && fault !== undefined && { fault: faultOf(fault) }),
    ...(WITH_PROGRESS.includes(status) && { progress: 0 }),
    ...(everything && {
      'OS-EXT-AZ:availability_zone': instance.host === null ? '' : instance.availabilityZone,
      config_drive: instance.configDrive ? 'True' : '',
    }),
    ...((everything || (changed === 'rebuild' && version >= 54)) && { key_name: instance.keyName }),
    ...(everything && extensions(context, instance)),
    ...(version >= 9 && { locked: instance.lockedBy !== null }),
    ...(version >= 73 && { locked_reason: instance.lockedReason }),
    ...(version >= 19 && { description: instance.description }),
    ...(version >= 26 && { tags: instance.tags }),
    ...(version >= 63 && { trusted_image_certificates: null }),
    ...(version >= 90 && { 'OS-EXT-SRV-ATTR:hostname': instance.hostname }),
    ...(version >= 71 && alone && { server_groups: groupOf(context, id) }),
    ...(context.rackspace && { 'RAX-PUBLIC-IP-ZONE-ID:publicIPZoneId': hostIdOf(instance) }),
  };
}

function groupOf({ compute }: ComputeContext, id: string): readonly string[] {
  const group = compute.serverGroups.with(id);
  return group === undefined ? [] : [group.id];
}

/** What extensions once added to the view. */
function extensions({ version, caller }: ComputeContext, instance: Instance) {
  return {
    'OS-SRV-USG:launched_at': isoMicroseconds(instance.launchedAt),
    'OS-SRV-USG:terminated_at': isoMicroseconds(instance.terminatedAt),
    ...(instance.securityGroups.length > 0 && {
      security_groups: instance.securityGroups.map((name) => ({ name })),
    }),
    ...(caller.isAdmin && administratorsFields(version, instance)),
    'OS-EXT-STS:task_state': instance.taskState,
    'OS-EXT-STS:vm_state': instance.vmState,
    'OS-EXT-STS:power_state': instance.powerState,
    'os-extended-volumes:volumes_attached': instance.volumes.map((volume) => ({
      id: volume.id,
      ...(version >= 3 && { delete_on_termination: volume.deleteOnTermination }),
    })),
    ...(caller.isAdmin && version >= 16 && { host_status: instance.host === null ? '' : 'UP' }),
  };
}

function administratorsFields(version: number, instance: Instance) {
  return {
    'OS-EXT-SRV-ATTR:host': instance.host,
    'OS-EXT-SRV-ATTR:instance_name': `instance-${instance.id.slice(0, 8)}`,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': instance.host,
    ...(version >= 3 && {
      'OS-EXT-SRV-ATTR:reservation_id': instance.reservationId,
      'OS-EXT-SRV-ATTR:launch_index': 0,
      'OS-EXT-SRV-ATTR:hostname': instance.hostname,
      'OS-EXT-SRV-ATTR:kernel_id': '',
      'OS-EXT-SRV-ATTR:ramdisk_id': '',
      'OS-EXT-SRV-ATTR:root_device_name': '/dev/vda',
      'OS-EXT-SRV-ATTR:user_data': instance.userData ?? null,
    }),
  };
}

/** The host's name does not show: the same for servers of one project on one host (nova/utils.py `generate_hostid`). */
export function hostIdOf({ projectId, host }: Pick<Instance, 'projectId' | 'host'>): string {
  return host === null ? '' : createHash('sha224').update(`${projectId}${host}`).digest('hex');
}

function imageOf(context: ComputeContext, { imageId }: Instance) {
  return imageId === undefined ? '' : { id: imageId, links: [bookmark(context, `/images/${imageId}`)] };
}

function flavorView(context: ComputeContext, instance: Instance) {
  const { id, vcpus, ram, disk, ephemeral, swap, name, extraSpecs } = flavorOf(context.compute, instance);
  return context.version < 47
    ? { id, links: [bookmark(context, `/flavors/${id}`)] }
    : { vcpus, ram, disk, ephemeral, swap, original_name: name, extra_specs: extraSpecs };
}

/** A server that is being built shows none yet. `extended`: with what is not in the view of `/ips`. */
export function addressesOf({ addresses, vmState }: Instance, extended: boolean) {
  return Object.fromEntries(
    Object.entries(vmState === 'building' ? {} : addresses).map(([network, list]) => [
      network,
      list.map(({ address, version, mac }) => ({
        version,
        addr: address,
        ...(extended && { 'OS-EXT-IPS:type': 'fixed', 'OS-EXT-IPS-MAC:mac_addr': mac }),
      })),
    ]),
  );
}

/** At Rackspace the public addresses are where a server is reached, unless somebody says otherwise. */
function accessAddresses({ rackspace }: ComputeContext, instance: Instance) {
  const publicOne = (version: 4 | 6) =>
    rackspace && instance.vmState !== 'building'
      ? (instance.addresses['public']?.find((one) => one.version === version)?.address ?? '')
      : '';
  return {
    accessIPv4: instance.accessIPv4 || publicOne(4),
    accessIPv6: instance.accessIPv6 || publicOne(6),
  };
}

/** `details`, a Python traceback, is left out: there is none here. */
function faultOf({ code, message, created }: NonNullable<Instance['fault']>) {
  return { code, created: isoSeconds(created), message };
}

export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `OS-SRV-USG` times, and those of actions, have microseconds and no time zone. */
export function isoMicroseconds(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString().replace('Z', '000');
}
