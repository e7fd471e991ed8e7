import { isVolumeSnapshot, type NovaImage } from '../image/image';
import { checkState } from './check-state';
import type { Compute } from './compute';
import type { Instance } from './instance';
import { Refusal, refuse } from './refusal';
import { runTask } from './run-task';

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
export function rescue(compute: Compute, instance: Instance, request: RescueRequest): void {
  checkState(instance, 'rescue', {
    vmStates: ['active', 'stopped', 'error'],
    taskStates: [null],
    launched: true,
  });
  const given = request.imageId === undefined ? undefined : givenImage(compute, request.imageId);
  if (
    instance.imageId === undefined &&
    !(request.volumeBackedAllowed && given && isStableRescueImage(given))
  ) {
    throw refuse.badRequest(
      `Instance ${instance.id} cannot be rescued: Cannot rescue a volume-backed instance`,
    );
  }
  const imageId = given?.id ?? instance.baseImageId ?? instance.imageId ?? '';
  runTask(compute, instance, {
    taskState: 'rescuing',
    work: async () => {
      try {
        if (compute.images.get(imageId) === undefined) {
          throw new Error(`Image ${imageId} could not be found.`);
        }
        await instance.hypervisor.rescue({ imageId, adminPass: request.adminPass });
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Refusal(400, `Instance ${instance.id} cannot be rescued: Driver Error: ${reason}`);
      }
    },
    done: () => ({ vmState: 'rescued', launchedAt: compute.clock.now() }),
  });
}

/**
 * Takes an instance out of rescue: RESCUE with task_state `unrescuing`, then always ACTIVE, whatever the server
 * was before. `asAdministrator`: a lock does not stop it.
 */
export function unrescue(
  compute: Compute,
  instance: Instance,
  { asAdministrator = false }: { asAdministrator?: boolean } = {},
): void {
  const allowed = { vmStates: ['rescued'], taskStates: [null], launched: true } as const;
  checkState(instance, 'unrescue', allowed, { ignoreLock: asAdministrator });
  runTask(compute, instance, {
    taskState: 'unrescuing',
    work: () => instance.hypervisor.unrescue(),
    done: () => ({ vmState: 'active' }),
  });
}

function givenImage(compute: Compute, imageId: string): NovaImage {
  const image = compute.images.get(imageId);
  if (image === undefined || isVolumeSnapshot(image)) {
    throw refuse.badRequest(`Requested rescue image '${imageId}' is not supported`);
  }
  return image;
}

function isStableRescueImage({ properties }: NovaImage): boolean {
  return 'hw_rescue_device' in properties && 'hw_rescue_bus' in properties;
}
