import { Refusal, refuse } from '../../compute/refusal';
import { rackspaceCatalog } from '../catalog';
import type { Identity } from '../identity';
import { bodyOf } from '../json-parts';
import type { Token } from '../tokens';
import { accessBody } from './access-body';
import { authenticate } from './authenticate';

export interface RackspaceCall {
  readonly request: Request;
  readonly origin: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly identity: Identity;
}

interface RackspaceOperation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/identity`. */
  readonly path: string;
  readonly answer: (call: RackspaceCall) => Promise<Response> | Response;
}

/** Rackspace's identity API v2.0, as far as programs use it to sign in and to look after their tokens. */
export const rackspaceOperations: readonly RackspaceOperation[] = [
  { method: 'GET', path: '', answer: ({ origin }) => Response.json({ versions: [version(origin)] }) },
  { method: 'GET', path: '/v2.0', answer: ({ origin }) => Response.json({ version: version(origin) }) },
  {
    method: 'POST',
    path: '/v2.0/tokens',
    answer: async ({ identity, request, origin }) => {
      const token = authenticate(identity, await bodyOf(request));
      return Response.json(accessBody(identity, token, origin, { catalog: true }));
    },
  },
  {
    method: 'GET',
    path: '/v2.0/tokens/{token}',
    answer: (call) =>
      Response.json(accessBody(call.identity, subjectOf(call), call.origin, { catalog: false })),
  },
  {
    method: 'GET',
    path: '/v2.0/tokens/{token}/endpoints',
    answer: (call) => Response.json({ endpoints: endpointsOf(call) }),
  },
  {
    method: 'DELETE',
    path: '/v2.0/tokens/{token}',
    answer: (call) => {
      call.identity.tokens.revoke(subjectOf(call).id);
      return new Response(null, { status: 204 });
    },
  },
  {
    method: 'DELETE',
    path: '/v2.0/tokens',
    answer: (call) => {
      call.identity.tokens.revoke(ownToken(call).id);
      return new Response(null, { status: 204 });
    },
  },
  {
    method: 'GET',
    path: '/v2.0/tenants',
    answer: (call) => {
      const { projectId } = ownToken(call);
      const tenants = projectId === undefined ? [] : [{ id: projectId, name: projectId, enabled: true }];
      return Response.json({ tenants });
    },
  },
];

function ownToken({ request, identity }: RackspaceCall): Token {
  const token = identity.tokens.get(request.headers.get('x-auth-token'));
  if (token === undefined) {
    throw new Refusal(
      401,
      "No valid token provided. Please use the 'X-Auth-Token' header with a valid token.",
    );
  }
  return token;
}

/** The token in the path; users see their own ones. */
function subjectOf(call: RackspaceCall): Token {
  const own = ownToken(call);
  const subject = call.identity.tokens.get(call.parameters['token']);
  if (subject?.userId !== own.userId) {
    throw refuse.notFound('Token not found.');
  }
  return subject;
}

function endpointsOf(call: RackspaceCall) {
  const { projectId } = subjectOf(call);
  const catalog =
    projectId === undefined ? [] : rackspaceCatalog(call.origin, call.identity.region, projectId);
  return catalog.flatMap(({ name, type, endpoints }) =>
    endpoints.map((endpoint, index) => ({ id: index + 1, name, type, ...endpoint })),
  );
}

function version(origin: string) {
  return {
    id: 'v2.0',
    status: 'CURRENT',
    updated: '2011-07-19T22:30:00Z',
    links: [{ rel: 'self', href: `${origin}/identity/v2.0` }],
  };
}
