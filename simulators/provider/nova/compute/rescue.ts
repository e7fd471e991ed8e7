import { isVolumeSnapshot, type NovaImage } from '../image/image';
import type { Actor } from './actor';
import { checkState } from './check-state';
import { type Compute, flavorOf } from './compute';
import type { Instance } from './instance';
import { Refusal, refuse } from './refusal';
import { rescueDisks } from './rescue-disks';
import { runTask } from './run-task';
import { shutdownPatience } from './shutdown-patience';

export interface RescueRequest {
  readonly adminPass: string;
  /** `rescue_image_ref`; without it the stock image that the server was once made from. */
  readonly imageId?: string | undefined;
  /** From microversion 2.87 on a volume-backed server may be rescued with an image made for it. */
  readonly volumeBackedAllowed: boolean;
}

/**
 * Puts an instance in rescue: the status stays what it was, with task_state `rescuing`, until the rescue system
 * has been started; then RESCUE. `launchedAt` becomes that moment (the automatic unrescue counts from it).
 * Source: nova/compute/api.py and manager.py, `rescue`.
 */
export function rescue(compute: Compute, instance: Instance, actor: Actor, request: RescueRequest): void {
  refuseVtpm(compute, instance);
  checkState(instance, 'rescue', actor);
  const given = request.imageId === undefined ? undefined : givenImage(compute, instance, request.imageId);
  refuseVolumes(compute, instance);
  refuseVolumeBacked(compute, instance, given?.properties ?? instance.imageProperties, request);
  const imageId = given?.id ?? instance.baseImageId ?? instance.imageId ?? '';
  void runTask(compute, instance, actor, {
    action: 'rescue',
    event: 'compute_rescue_instance',
    taskState: 'rescuing',
    failure: (reason) =>
      new Refusal(400, `Instance ${instance.id} cannot be rescued: Driver Error: ${reason}`),
    work: async () => {
      const image = compute.images.get(imageId);
      if (image === undefined) {
        throw new Error(`Image ${imageId} could not be found.`);
      }
      const disks = rescueDisks(instance, flavorOf(compute, instance), image.properties, compute.virtDriver);
      const patience = shutdownPatience(instance);
      await instance.hypervisor.rescue({ imageId, adminPass: request.adminPass, patience, disks });
    },
    done: () => ({ vmState: 'rescued', launchedAt: compute.clock.now() }),
  });
}

/** Takes an instance out of rescue: RESCUE with task_state `unrescuing`, then always ACTIVE, whatever it was before. */
export function unrescue(compute: Compute, instance: Instance, actor: Actor): void {
  checkState(instance, 'unrescue', actor);
  void runTask(compute, instance, actor, {
    action: 'unrescue',
    event: 'compute_unrescue_instance',
    taskState: 'unrescuing',
    work: () => instance.hypervisor.unrescue(),
    done: () => ({ vmState: 'active' }),
  });
}

function refuseVtpm(compute: Compute, instance: Instance): void {
  const wanted =
    flavorOf(compute, instance).extraSpecs['hw:tpm_version'] ?? instance.imageProperties['hw_tpm_version'];
  if (wanted !== undefined) {
    throw refuse.badRequest(`Operation 'rescue' not supported for vTPM-enabled instance (${instance.id}).`);
  }
}

function givenImage(compute: Compute, instance: Instance, imageId: string): NovaImage {
  const image = compute.images.get(imageId, instance.projectId);
  if (image === undefined || isVolumeSnapshot(image)) {
    throw refuse.badRequest(`Requested rescue image '${imageId}' is not supported`);
  }
  return image;
}

/** A volume that is only half attached, or half detached, would be lost: nova/compute/api.py `_check_volume_status`. */
function refuseVolumes({ volumes }: Compute, instance: Instance): void {
  for (const { id } of instance.volumes) {
    const volume = volumes.get(id);
    if (volume !== undefined && volume.status !== 'in-use') {
      throw refuse.conflict(
        `Invalid volume: volume '${id}' status must be 'in-use'. Currently in '${volume.status}' status`,
      );
    }
  }
}

function refuseVolumeBacked(
  { rescuesVolumes }: Compute,
  { id, imageId }: Instance,
  image: Readonly<Record<string, string>>,
  { volumeBackedAllowed }: RescueRequest,
): void {
  if (imageId !== undefined) {
    return;
  }
  const allowed = volumeBackedAllowed && 'hw_rescue_bus' in image && 'hw_rescue_device' in image;
  if (!allowed || !rescuesVolumes) {
    const reason = allowed
      ? 'Host unable to rescue a volume-backed instance'
      : 'Cannot rescue a volume-backed instance';
    throw refuse.badRequest(`Instance ${id} cannot be rescued: ${reason}`);
  }
}
