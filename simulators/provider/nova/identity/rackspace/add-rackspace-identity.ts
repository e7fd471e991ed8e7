import { faultBody } from '../../api/fault';
import type { CloudFace } from '../../cloud-face';
import { Refusal, refuse } from '../../compute/refusal';
import type { Identity } from '../identity';
import { type RackspaceCall, rackspaceOperations } from './operations';

/** Adds Rackspace's identity API v2.0 to the cloud's face. */
export function addRackspaceIdentity(face: CloudFace, identity: Identity): void {
  const finished =
    (answer: (call: RackspaceCall) => Promise<Response> | Response) =>
    async (request: Request, parameters: RackspaceCall['parameters']): Promise<Response> => {
      try {
        const { origin } = new URL(request.url);
        return await answer({ request, origin, parameters, identity });
      } catch (error) {
        if (!(error instanceof Refusal)) {
          throw error;
        }
        return fault(error);
      }
    };
  face.service('identity', {
    unknown: (request, { allowed }) =>
      finished(() => {
        throw allowed.length === 0
          ? refuse.notFound('Resource Not Found')
          : refuse.badMethod('Method Not Allowed');
      })(request, {}),
    failure: (status) => fault(new Refusal(status, 'Service error')),
  });
  for (const { method, path, answer } of rackspaceOperations) {
    face.add('identity', method, path, finished(answer));
  }
}

function fault({ status, message }: Refusal): Response {
  return Response.json(faultBody(status, message), { status });
}
