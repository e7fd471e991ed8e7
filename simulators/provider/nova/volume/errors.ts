import { faultBody } from '../api/fault';
import type { Refusal } from '../compute/refusal';
import { keystoneError } from '../identity/keystone/errors';

/** Cinder's errors have the shape of Nova's; a missing token is keystonemiddleware's to refuse. */
export function cinderError(refusal: Refusal, request: Request): Response {
  const { status, message } = refusal;
  return status === 401
    ? keystoneError(refusal, new URL(request.url).origin)
    : Response.json(faultBody(status, message), { status });
}
