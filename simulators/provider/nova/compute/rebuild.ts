import type { NovaImage } from '../image/image';
import type { Actor } from './actor';
import { checkState } from './check-state';
import { type Compute, flavorOf } from './compute';
import { refuseUnfitImage } from './fit-image';
import type { Instance } from './instance';
import { refuse } from './refusal';
import { runTask } from './run-task';
import { shutdownPatience } from './shutdown-patience';

export interface RebuildRequest {
  readonly imageId: string;
  readonly adminPass: string;
  /** What is given anew of the instance itself. */
  readonly changes: Partial<Instance>;
}

/**
 * Makes an instance's root disk anew from an image. It keeps its id, addresses and volumes. One that was stopped is
 * stopped again afterwards. Source: nova/compute/api.py and manager.py, `rebuild`.
 */
export function rebuild(compute: Compute, instance: Instance, actor: Actor, request: RebuildRequest): void {
  checkState(instance, 'rebuild', actor);
  const { imageId, adminPass, changes } = request;
  const image = compute.images.get(imageId, instance.projectId);
  if (image === undefined) {
    throw refuse.badRequest('Cannot find image for rebuild');
  }
  refuseForVolume(compute, instance, image);
  refuseUnfitImage(image, flavorOf(compute, instance), { volumeBacked: instance.imageId === undefined });
  const wasStopped = instance.vmState === 'stopped';
  const { hypervisor } = instance;
  if (instance.imageId !== undefined) {
    Object.assign(instance, {
      imageId,
      baseImageId: baseImageOf(image),
      imageProperties: image.properties,
    });
  }
  Object.assign(instance, changes);
  void runTask(compute, instance, actor, {
    action: 'rebuild',
    event: 'compute_rebuild_instance',
    taskState: 'rebuilding',
    work: async (step) => {
      step('rebuild_block_device_mapping');
      step('rebuild_spawning');
      await hypervisor.rebuild({ imageId, adminPass, patience: shutdownPatience(instance) });
      if (wasStopped) {
        step('powering-off');
        await hypervisor.stop(shutdownPatience(instance));
      }
    },
    done: () => ({ vmState: wasStopped ? 'stopped' : 'active', launchedAt: compute.clock.now() }),
  });
}

/** The stock image behind an image: of a snapshot the one that its server was made of. */
export function baseImageOf({ id, properties }: NovaImage): string {
  return properties['base_image_ref'] || id;
}

function refuseForVolume(
  { volumes }: Compute,
  { imageId, volumes: [root] }: Instance,
  image: NovaImage,
): void {
  if (imageId === undefined && volumes.get(root?.id ?? '')?.imageId !== image.id) {
    throw refuse.badRequest(
      `Image ${image.id} is unacceptable: Unable to rebuild with a different image for a volume-backed server.`,
    );
  }
}
