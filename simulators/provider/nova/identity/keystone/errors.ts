import { Refusal } from '../../compute/refusal';
import { statusTitle } from '../../status-title';

/** `{"error": {"code", "message", "title"}}`, Keystone's error body. */
export function keystoneError({ status, message }: Refusal, origin: string): Response {
  const error = { code: status, message, title: statusTitle(status) };
  const headers = status === 401 ? { 'www-authenticate': challenge(origin) } : {};
  return Response.json({ error }, { status, headers });
}

/** Where to get a token, as Keystone and keystonemiddleware tell it in the header of a 401. */
export function challenge(origin: string): string {
  return `Keystone uri="${origin}/identity"`;
}

/** The reasons that Keystone gives (keystone/exception.py); with `insecure_debug` off it gives no others. */
export const keystoneRefusal = {
  unauthenticated: () => new Refusal(401, 'The request you have made requires authentication.'),
  forbidden: (action: string) =>
    new Refusal(403, `You are not authorized to perform the requested action: ${action}.`),
  notFound: (what: string, id: string) => new Refusal(404, `Could not find ${what}: ${id}.`),
  invalid: (attribute: string, target: string) =>
    new Refusal(
      400,
      `Expecting to find ${attribute} in ${target}. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.`,
    ),
  badRequest: (message: string) => new Refusal(400, message),
};
