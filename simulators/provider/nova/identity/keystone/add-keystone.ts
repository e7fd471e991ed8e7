import type { CloudFace } from '../../cloud-face';
import { Refusal } from '../../compute/refusal';
import type { Identity } from '../identity';
import type { KeystoneCall } from './call';
import { keystoneError, keystoneRefusal } from './errors';
import { type KeystoneOperation, keystoneOperations } from './operations';
import { issueToken } from './tokens';
import { versionDocument, versionsDocument } from './versions';

const UNKNOWN =
  'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.';
const OTHER_METHOD = 'The method is not allowed for the requested URL.';

/** Adds the identity API v3 to the cloud's face. `requestId` names each answer. */
export function addKeystone(face: CloudFace, identity: Identity, requestId: () => string): void {
  const finished =
    (answer: (request: Request, parameters: Parameters) => Promise<Response> | Response) =>
    async (request: Request, parameters: Parameters): Promise<Response> => {
      const { origin } = new URL(request.url);
      let response: Response;
      try {
        response = await answer(request, parameters);
      } catch (error) {
        if (!(error instanceof Refusal)) {
          throw error;
        }
        response = keystoneError(error, origin);
      }
      response.headers.set('vary', 'X-Auth-Token');
      response.headers.set('x-openstack-request-id', requestId());
      return response;
    };
  face.service('identity', {
    unknown: (request, { allowed }) =>
      finished(() => {
        throw allowed.length === 0 ? new Refusal(404, UNKNOWN) : new Refusal(405, OTHER_METHOD);
      })(request, {}),
    failure: (status, { url }) =>
      keystoneError(
        new Refusal(status, 'An unexpected error prevented the server from fulfilling your request.'),
        new URL(url).origin,
      ),
  });
  face.add(
    'identity',
    'GET',
    '',
    finished(({ url }) => versionsDocument(new URL(url).origin)),
  );
  face.add(
    'identity',
    'GET',
    '/v3',
    finished(({ url }) => versionDocument(new URL(url).origin)),
  );
  face.add(
    'identity',
    'POST',
    '/v3/auth/tokens',
    finished((request) => issueToken(identity, request)),
  );
  for (const operation of keystoneOperations) {
    face.add('identity', operation.method, operation.path, finished(withToken(identity, operation)));
  }
}

type Parameters = KeystoneCall['parameters'];

function withToken(identity: Identity, { answer }: KeystoneOperation) {
  return (request: Request, parameters: Parameters) => {
    const token = identity.tokens.get(request.headers.get('x-auth-token'));
    if (token === undefined) {
      throw keystoneRefusal.unauthenticated();
    }
    const url = new URL(request.url);
    return answer({ request, url, origin: url.origin, parameters, identity, token });
  };
}
