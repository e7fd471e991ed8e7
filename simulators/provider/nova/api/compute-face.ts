import { Refusal, refuse } from '../compute/refusal';
import type { Identity } from '../identity/identity';
import { authenticationRequired } from '../identity/keystone-v3';
import type { ComputeContext, ComputeSettings } from './call';
import { computeRoutes } from './compute-routes';
import { faultBody } from './fault';
import { type Microversion, microversionHeaders, requestedMicroversion } from './microversion';
import { versionDocument, versionsDocument } from './versions';

/** Answers under `baseUrl`, the service's address. `path` is what follows it. */
export async function answerCompute(
  identity: Identity,
  settings: ComputeSettings,
  request: Request,
  path: string,
  baseUrl: string,
): Promise<Response> {
  const requestId = `req-${settings.compute.random.uuid()}`;
  const response = await answer(identity, settings, request, path, baseUrl);
  response.headers.set('x-openstack-request-id', requestId);
  response.headers.set('x-compute-request-id', requestId);
  return response;
}

async function answer(
  identity: Identity,
  settings: ComputeSettings,
  request: Request,
  path: string,
  baseUrl: string,
): Promise<Response> {
  if (/^\/?$/.test(path)) {
    return Response.json(versionsDocument(baseUrl));
  }
  const document = /^\/(v2|v2\.1)\/?$/.exec(path)?.[1] as 'v2' | 'v2.1' | undefined;
  if (document !== undefined && request.method === 'GET') {
    return Response.json(versionDocument(baseUrl, document));
  }
  const token = identity.tokens.get(request.headers.get('x-auth-token'));
  if (!token?.scoped) {
    return authenticationRequired(new URL(request.url).origin);
  }
  let version: Microversion | undefined;
  try {
    const { versionPath, rest, lenient } = splitPath(path, identity.account.projectId);
    version = lenient ? 1 : requestedMicroversion(request.headers);
    const { projectId, userId } = identity.account;
    const context = { ...settings, version, projectId, userId, baseUrl, versionPath, lenient };
    return withHeaders(await route(context, request, rest), lenient ? undefined : version);
  } catch (error) {
    if (error instanceof Refusal) {
      return withHeaders(
        Response.json(faultBody(error.status, error.message), { status: error.status }),
        version,
      );
    }
    throw error;
  }
}

/** `/v2.1/servers`, or with the project in it, as Rackspace and older clouds have it: `/v2/<project>/servers`. */
function splitPath(path: string, projectId: string) {
  const parts = /^\/(v2|v2\.1)(\/[0-9a-f]{32})?(\/.*)$/.exec(path);
  if (parts === null) {
    throw refuse.notFound('The resource could not be found.');
  }
  const [, version, project = '', rest = ''] = parts;
  if (project !== '' && project !== `/${projectId}`) {
    throw refuse.badRequest('Malformed request url');
  }
  return { versionPath: `/${version}${project}`, rest, lenient: version === 'v2' };
}

function route(context: ComputeContext, request: Request, path: string): Response | Promise<Response> {
  const match = computeRoutes.match(request.method, path);
  switch (match.kind) {
    case 'found':
      return match.route({ request, url: new URL(request.url), parameters: match.parameters, context });
    case 'other methods':
      throw refuse.badMethod(`The method ${request.method} is not allowed for this resource.`);
    case 'unknown':
      throw refuse.notFound('The resource could not be found.');
  }
}

function withHeaders(response: Response, version: Microversion | undefined): Response {
  if (version !== undefined) {
    for (const [name, value] of Object.entries(microversionHeaders(version))) {
      response.headers.set(name, value);
    }
  }
  return response;
}
