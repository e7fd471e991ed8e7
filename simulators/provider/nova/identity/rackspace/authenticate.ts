import { Refusal, refuse } from '../../compute/refusal';
import type { User } from '../directory';
import type { Identity } from '../identity';
import { fieldOf, objectOf, textOf } from '../json-parts';
import type { Token } from '../tokens';

/** Found in docs and clients: openstack.net, pkgcloud's recorded answers, Rackspace's identity service. */
const WRONG_KEY = 'Username or api key is invalid.';
const WRONG_PASSWORD = 'Unable to authenticate user with credentials provided.';
const WRONG_TOKEN = 'Token not authenticated.';
const MALFORMED = 'Invalid json request body';

/**
 * `POST /v2.0/tokens`: a user name with an API key or a password, or a token with its tenant; `tenantId` or `tenantName`
 * beside them has to be the user's.
 */
export function authenticate(identity: Identity, body: unknown): Token {
  const auth = objectOf(fieldOf(body, 'auth'));
  if (auth === undefined) {
    throw refuse.badRequest(MALFORMED);
  }
  const { user, method } = prove(identity, auth);
  const [tenant] = identity.directory.projectsOf(user);
  const asked = textOf(auth, 'tenantId') ?? textOf(auth, 'tenantName');
  if (asked !== undefined && asked !== tenant?.id) {
    throw new Refusal(
      401,
      `Tenant with Name/Id: '${asked}' is not valid for User '${user.name}' (id: '${user.id}')`,
    );
  }
  return identity.tokens.issue(
    {
      userId: user.id,
      projectId: tenant?.id,
      roles: tenant === undefined ? [] : (user.roles.get(tenant.id) ?? []),
      methods: [method],
    },
    'digits',
  );
}

function prove(
  { directory, tokens }: Identity,
  auth: object,
): { readonly user: User; readonly method: 'apikey' | 'password' | 'token' } {
  const key = fieldOf(auth, 'RAX-KSKEY:apiKeyCredentials');
  if (key !== undefined) {
    const user = directory.userNamed(textOf(key, 'username'));
    return proven(user, user?.apiKey === textOf(key, 'apiKey'), 'apikey', WRONG_KEY);
  }
  const password = fieldOf(auth, 'passwordCredentials');
  if (password !== undefined) {
    const user = directory.userNamed(textOf(password, 'username'));
    return proven(user, user?.password === textOf(password, 'password'), 'password', WRONG_PASSWORD);
  }
  const token = fieldOf(auth, 'token');
  if (token !== undefined) {
    const known = tokens.get(textOf(token, 'id'));
    return proven(known && directory.user(known.userId), true, 'token', WRONG_TOKEN);
  }
  throw refuse.badRequest(MALFORMED);
}

function proven<Method>(user: User | undefined, isRight: boolean, method: Method, text: string) {
  if (user === undefined || !isRight) {
    throw new Refusal(401, text);
  }
  return { user, method };
}
