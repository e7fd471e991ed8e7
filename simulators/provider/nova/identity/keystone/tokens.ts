import { Refusal } from '../../compute/refusal';
import type { Identity } from '../identity';
import { bodyOf, fieldOf } from '../json-parts';
import type { Token } from '../tokens';
import { authenticate } from './authenticate';
import type { KeystoneCall } from './call';
import { keystoneRefusal } from './errors';
import { tokenBody } from './token-body';

/** `POST /v3/auth/tokens`, the one call that needs no token. */
export async function issueToken(identity: Identity, request: Request): Promise<Response> {
  const body = await bodyOf(request);
  const token = identity.tokens.issue(authenticate(identity, fieldOf(body, 'auth')));
  return show(identity, token, new URL(request.url), 201);
}

/** `GET /v3/auth/tokens` with `X-Subject-Token`. */
export function validateToken(call: KeystoneCall): Response {
  return show(call.identity, subjectOf(call, 'identity:validate_token'), call.url, 200);
}

/** `DELETE /v3/auth/tokens`. */
export function revokeToken(call: KeystoneCall): Response {
  call.identity.tokens.revoke(subjectOf(call, 'identity:revoke_token').id);
  return new Response(null, { status: 204 });
}

/** The token that a call is about. Users see their own ones. */
function subjectOf({ request, identity, token }: KeystoneCall, action: string): Token {
  const id = request.headers.get('x-subject-token');
  const subject = identity.tokens.get(id);
  if (subject === undefined) {
    throw new Refusal(404, id === null ? 'No token in the request' : reasonOf(identity, id));
  }
  if (subject.userId !== token.userId) {
    throw keystoneRefusal.forbidden(action);
  }
  return subject;
}

function reasonOf({ tokens }: Identity, id: string): string {
  return tokens.wasIssued(id) ? 'Failed to validate token' : 'Could not recognize Fernet token';
}

function show(identity: Identity, token: Token, url: URL, status: number): Response {
  const catalog = !url.searchParams.has('nocatalog');
  return Response.json(
    { token: tokenBody(identity, token, url.origin, { catalog }) },
    { status, headers: { 'x-subject-token': token.id } },
  );
}
