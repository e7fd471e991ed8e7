import { Refusal, refuse } from '../compute/refusal';
import { type Caller, callerOf } from '../identity/caller';
import type { Identity } from '../identity/identity';
import { keystoneError, keystoneRefusal } from '../identity/keystone/errors';
import type { ComputeCall, ComputeContext, ComputeSettings } from './call';
import { faultBody } from './fault';
import {
  askedMicroversion,
  type Microversion,
  microversionHeaders,
  supportedMicroversion,
} from './microversion';

/** Where a call came in. */
export interface Place {
  readonly version: 'v2' | 'v2.1';
  /** Placeholders of the path, the project among them where it is named. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What carries a call out, once it is known who calls. `text`: the body. */
export type Carry = (
  call: Omit<ComputeCall, 'query' | 'body'> & { readonly text: string },
) => Response | Promise<Response>;

/**
 * Answers one call of the compute API: who calls, for which microversion, in which project; then `carry`. What is
 * refused is answered in Nova's words.
 */
export async function answerCall(
  { identity, settings }: { identity: Identity; settings: ComputeSettings },
  request: Request,
  place: Place,
  carry: Carry,
): Promise<Response> {
  const requestId = `req-${settings.compute.random.uuid()}`;
  const response = await answer({ identity, settings, requestId }, request, place, carry);
  response.headers.set('x-openstack-request-id', requestId);
  response.headers.set('x-compute-request-id', requestId);
  if (settings.rackspace) {
    response.headers.set('via', '1.1 Repose');
  }
  return response;
}

async function answer(
  { identity, settings, requestId }: { identity: Identity; settings: ComputeSettings; requestId: string },
  request: Request,
  place: Place,
  carry: Carry,
): Promise<Response> {
  const url = new URL(request.url);
  const caller = callerOf(identity, request);
  if (caller === undefined) {
    return keystoneError(keystoneRefusal.unauthenticated(), url.origin);
  }
  const legacy = place.version === 'v2';
  let asked: string | undefined;
  try {
    asked = legacy ? undefined : askedMicroversion(request.headers);
    const version = asked === undefined ? 1 : supportedMicroversion(asked);
    refuseContentType(request);
    const { project, ...parameters } = place.parameters;
    const context = contextOf({ settings, caller, requestId, version, legacy, project }, url);
    const text = await request.text();
    refuseOtherProject(project, caller);
    const response = await carry({ context, request, url, parameters, text });
    return withMicroversion(response, asked);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    const refused = Response.json(faultBody(error.status, error.message), { status: error.status });
    return withMicroversion(refused, asked);
  }
}

function contextOf(
  {
    settings,
    caller,
    requestId,
    version,
    legacy,
    project,
  }: {
    settings: ComputeSettings;
    caller: Caller;
    requestId: string;
    version: Microversion;
    legacy: boolean;
    project: string | undefined;
  },
  { origin }: URL,
): ComputeContext {
  const { userId, projectId, isAdmin } = caller;
  return {
    ...settings,
    caller,
    actor: { requestId, userId, projectId, isAdmin },
    version,
    legacy,
    baseUrl: `${origin}/compute`,
    versionPath: `/${legacy ? 'v2' : 'v2.1'}${project === undefined ? '' : `/${project}`}`,
  };
}

/** Types of bodies that Nova reads; a text that names no type, or calls itself plain, is taken for JSON. */
const READ = ['application/json', 'application/vnd.openstack.compute+json', 'text/plain', ''];

function refuseContentType({ headers }: Request): void {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && !READ.includes(type)) {
    throw refuse.badMediaType('Unsupported Content-Type');
  }
}

function refuseOtherProject(project: string | undefined, { projectId }: Caller): void {
  if (project !== undefined && project !== projectId) {
    throw refuse.badRequest(
      `Malformed request URL: URL's project_id '${project}' doesn't match Context's project_id '${projectId}'`,
    );
  }
}

function withMicroversion(response: Response, asked: string | undefined): Response {
  for (const [name, value] of Object.entries(asked === undefined ? {} : microversionHeaders(asked))) {
    response.headers.set(name, value);
  }
  return response;
}
