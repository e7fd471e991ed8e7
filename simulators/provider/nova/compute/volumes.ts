import type { Volume } from '../volume/volume-store';
import type { Actor } from './actor';
import { checkState } from './check-state';
import type { Compute } from './compute';
import type { AttachedVolume, Instance } from './instance';
import { beginAction, endAction } from './instance-actions';
import { refuse } from './refusal';

export interface AttachRequest {
  readonly volumeId: string;
  readonly device?: string | null | undefined;
  readonly tag?: string | null | undefined;
  readonly deleteOnTermination?: boolean | undefined;
}

const DEVICE = /^\/dev\/x?[a-z]?d?[a-z]+[0-9]*$/;

/** The volume with this id, of the instance's own project. */
export function volumeOf({ volumes }: Compute, { projectId }: Instance, id: string): Volume {
  const volume = volumes.get(id);
  if (volume === undefined || volume.projectId !== projectId) {
    throw refuse.notFound(`Volume ${id} could not be found.`);
  }
  return volume;
}

/** Attaches a volume to an instance: it is `reserved` at once and `in-use` when the machine has it. */
export function attachVolume(
  compute: Compute,
  instance: Instance,
  actor: Actor,
  request: AttachRequest,
): AttachedVolume {
  checkState(instance, 'attachVolume', actor);
  const { clock, random, volumes, instances } = compute;
  if (request.device && !DEVICE.test(request.device)) {
    throw refuse.badRequest(`The supplied device path (${request.device}) is invalid.`);
  }
  const volume = volumeOf(compute, instance, request.volumeId);
  const holder = instances.list().find((one) => one.volumes.some(({ id }) => id === volume.id));
  if (holder !== undefined) {
    throw refuse.badRequest(
      `Invalid volume: volume ${volume.id} is already attached to instances: ${holder.id}`,
    );
  }
  if (volume.status !== 'available') {
    throw refuse.badRequest(
      `Invalid input received: Invalid volume: Volume ${volume.id} status must be available or downloading to reserve, but the current status is ${volume.status}.`,
    );
  }
  const attached: AttachedVolume = {
    id: volume.id,
    deleteOnTermination: request.deleteOnTermination ?? false,
    device: freeDevice(instance),
    tag: request.tag ?? null,
    bdmId: random.uuid(),
    attachmentId: random.uuid(),
  };
  volumes.update(volume.id, { status: 'reserved', updated: clock.now() });
  instances.update(instance, { volumes: [...instance.volumes, attached] });
  void onHost(compute, instance, actor, 'attach', async () => {
    volumes.update(volume.id, { status: 'attaching' });
    await instance.hypervisor.attachVolume(volume.id);
    const { attachmentId, device } = attached;
    volumes.update(volume.id, {
      status: 'in-use',
      attachments: [{ id: attachmentId, serverId: instance.id, device, attachedAt: clock.now() }],
      updated: clock.now(),
    });
  }).catch(() => {
    instances.update(instance, { volumes: instance.volumes.filter((one) => one !== attached) });
    volumes.update(volume.id, { status: 'available', attachments: [] });
  });
  return attached;
}

/** Takes a volume from an instance: `detaching` at once, then `available`. */
export function detachVolume(compute: Compute, instance: Instance, actor: Actor, volumeId: string): void {
  const { clock, volumes, instances } = compute;
  const volume = volumeOf(compute, instance, volumeId);
  const attached = attachmentOf(instance, volumeId);
  if (instance.imageId === undefined && instance.volumes[0] === attached) {
    throw refuse.badRequest('Cannot detach a root device volume');
  }
  checkState(instance, 'detachVolume', actor);
  if (volume.status !== 'in-use') {
    throw refuse.badRequest(
      `Invalid volume: Invalid input received: Invalid volume: Unable to detach volume. Volume status must be 'in-use' and attach_status must be 'attached' to detach.`,
    );
  }
  volumes.update(volume.id, { status: 'detaching', updated: clock.now() });
  void onHost(compute, instance, actor, 'detach', async () => {
    await instance.hypervisor.detachVolume(volume.id);
    instances.update(instance, { volumes: instance.volumes.filter((one) => one !== attached) });
    volumes.update(volume.id, { status: 'available', attachments: [], updated: clock.now() });
  }).catch(() => volumes.update(volume.id, { status: 'in-use' }));
}

/** The volume at this server; a refusal where it is not there. */
export function attachmentOf(instance: Instance, volumeId: string): AttachedVolume {
  const attached = instance.volumes.find(({ id }) => id === volumeId);
  if (attached === undefined) {
    throw refuse.notFound(`Instance ${instance.id} is not attached to volume ${volumeId}`);
  }
  return attached;
}

/** The first free name behind the root disk's. */
export function freeDevice({ imageId, volumes }: Pick<Instance, 'imageId' | 'volumes'>): string {
  const taken = new Set([
    ...(imageId === undefined ? [] : ['/dev/vda']),
    ...volumes.map(({ device }) => device),
  ]);
  const names = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `/dev/vd${letter}`);
  const free = names.find((name) => !taken.has(name));
  if (free === undefined) {
    throw refuse.forbidden(
      'The maximum allowed number of disk devices (26) to attach to a single instance has been exceeded.',
    );
  }
  return free;
}

/** The host's part of an attachment, which is no task of the instance. */
async function onHost(
  { clock }: Compute,
  instance: Instance,
  actor: Actor,
  kind: 'attach' | 'detach',
  work: () => Promise<void>,
): Promise<void> {
  const action = beginAction(`${kind}_volume`, actor, clock.now(), `compute_${kind}_volume`);
  instance.actions.unshift(action);
  try {
    await work();
    endAction(action, clock.now(), 'Success');
  } catch (error) {
    endAction(action, clock.now(), 'Error');
    throw error;
  }
}
