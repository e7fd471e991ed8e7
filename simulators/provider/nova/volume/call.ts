import type { Clock } from '../../clock';
import type { Random } from '../../random';
import type { Operation, ServiceCall } from '../add-service';
import { refuse } from '../compute/refusal';
import type { ImageStore } from '../image/image';
import { volumeMicroversion } from './microversion';
import type { Volume, VolumeAttachment, VolumeStore } from './volume-store';

export interface VolumeStores {
  readonly volumes: VolumeStore;
  readonly images: ImageStore;
  readonly clock: Clock;
  readonly random: Random;
}

/** A call of the block storage API: for a microversion, and for the project in its path. */
export interface VolumeCall extends ServiceCall<VolumeStores> {
  readonly version: number;
  /** `http://host:port/volume` */
  readonly base: string;
}

/** Makes a row below `/v3/<project>`. */
export function volumeOperation(
  method: Operation<VolumeStores>['method'],
  path: string,
  right: Operation<VolumeStores>['right'],
  policy: string,
  answer: (call: VolumeCall) => Promise<Response> | Response,
): Operation<VolumeStores> {
  return {
    method,
    path: `/v3/{project}${path}`,
    right,
    policy,
    answer: async (call) => {
      const version = volumeMicroversion(call.request.headers);
      if (call.parameters['project'] !== call.caller.projectId) {
        throw refuse.badRequest('Malformed request url');
      }
      const response = await answer({ ...call, version, base: `${call.url.origin}/volume` });
      response.headers.set('openstack-api-version', `volume 3.${version}`);
      response.headers.set('vary', 'OpenStack-API-Version');
      return response;
    },
  };
}

export function ownVolumes({ stores, caller }: VolumeCall): Volume[] {
  return stores.volumes.list().filter(({ projectId }) => projectId === caller.projectId);
}

/** The volume in the path; another project's does not exist. */
export function volumeOf(call: VolumeCall): Volume {
  const { id = '' } = call.parameters;
  const volume = call.stores.volumes.get(id);
  if (volume?.projectId !== call.caller.projectId) {
    throw refuse.notFound(`Volume ${id} could not be found.`);
  }
  return volume;
}

export function ownAttachments(call: VolumeCall): { volume: Volume; attachment: VolumeAttachment }[] {
  return ownVolumes(call).flatMap((volume) =>
    volume.attachments.map((attachment) => ({ volume, attachment })),
  );
}
