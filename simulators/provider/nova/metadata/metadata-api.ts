import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MetadataAccess } from './answer';
import { answerMetadata } from './answer';

export interface MetadataApiOptions {
  /** What Neutron's proxies sign the instance's id with (`metadata_proxy_shared_secret`). */
  readonly sharedSecret: string;
  /** The metadata of an instance of this project; undefined where there is none. */
  readonly accessOf: (instanceId: string, projectId: string) => MetadataAccess | undefined;
}

/**
 * The metadata API behind Neutron's proxies: they tell, with a signature, which instance asks (`X-Instance-ID`,
 * `X-Tenant-ID`, `X-Instance-ID-Signature`). An instance gets nothing but its own.
 */
export function metadataApi({ sharedSecret, accessOf }: MetadataApiOptions) {
  return async (request: Request): Promise<Response> => {
    const [instanceId, signature, projectId] = [
      'x-instance-id',
      'x-instance-id-signature',
      'x-tenant-id',
    ].map((name) => request.headers.get(name));
    if (instanceId == null || signature == null || projectId == null) {
      const missing =
        instanceId == null ? 'X-Instance-ID' : signature == null ? 'X-Instance-ID-Signature' : 'X-Tenant-ID';
      return refusal(400, `${missing} header is missing from request.`);
    }
    const expected = createHmac('sha256', sharedSecret).update(instanceId).digest('hex');
    if (!isSame(expected, signature)) {
      return refusal(403, 'Invalid proxy request signature.');
    }
    const access = accessOf(instanceId, projectId);
    return access === undefined
      ? refusal(404, 'The resource could not be found.')
      : answerMetadata(request, access);
  };
}

function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function refusal(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=UTF-8' } });
}
