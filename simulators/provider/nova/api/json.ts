import { refuse } from '../compute/refusal';

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

export function empty(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers });
}

/** The JSON object in the body of a request; texts of nova/api/openstack/wsgi.py. */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim();
  const text = await request.text();
  if (text !== '' && type !== undefined && type !== 'application/json') {
    throw refuse.badMediaType(`Unsupported Content-Type`);
  }
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return body as Record<string, unknown>;
    }
  } catch (cause) {
    throw refuse.badRequest('Malformed request body', { cause });
  }
  throw refuse.badRequest('Malformed request body');
}
