import type { ComputeSettings } from './api/call';
import { answerCompute } from './api/compute-face';
import { faultBody } from './api/fault';
import type { CloudFace } from './cloud-face';
import type { Identity } from './identity/identity';
import { answerKeystoneV3, keystoneError } from './identity/keystone-v3';
import { answerRackspaceV2 } from './identity/rackspace-v2';
import { answerGlance } from './image/glance';

/** Adds every service of the cloud to its face. */
export function addServices(face: CloudFace, identity: Identity, settings: ComputeSettings): void {
  face.service('identity', {
    unknown: (request, { path }) =>
      settings.rackspace
        ? answerRackspaceV2(identity, request, path)
        : answerKeystoneV3(identity, request, path),
    failure: (status) =>
      keystoneError(status, 'An unexpected error prevented the server from fulfilling your request.'),
  });
  face.service('compute', {
    unknown: (request, { path }) => answerCompute(identity, settings, request, path),
    failure: (status) => Response.json(faultBody(status, `HTTP status ${status}`), { status }),
  });
  face.service('image', {
    unknown: (request, { path }) => {
      const authenticated = identity.tokens.get(request.headers.get('x-auth-token'))?.scoped === true;
      const { projectId } = identity.account;
      return answerGlance(settings.compute.images, request, path, { authenticated, projectId });
    },
    failure: (status) => new Response(null, { status }),
  });
}
