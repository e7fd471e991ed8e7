import { refuse } from '../compute/refusal';

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

export function empty(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers });
}

/** The JSON of a body; null where there is none. Text of nova/api/openstack/wsgi.py. */
export function readJson(text: string): unknown {
  if (text === '') {
    return null;
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refuse.badRequest('Malformed request body', { cause });
  }
}
