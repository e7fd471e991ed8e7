import { Refusal } from '../../compute/refusal';
import type { ApplicationCredential, User } from '../directory';
import { bodyOf, fieldOf, objectOf, textOf } from '../json-parts';
import type { KeystoneCall } from './call';
import { keystoneRefusal } from './errors';
import { collection, ownUser } from './resources';
import { isoMicroseconds } from './times';
import { roleOf } from './token-body';

const WHAT = 'Application Credential';

/** `GET /v3/users/{user}/application_credentials` */
export function listCredentials(call: KeystoneCall): Response {
  const user = ownUser(call, 'identity:list_application_credentials');
  const name = call.url.searchParams.get('name');
  const own = call.identity.directory.credentials.filter(
    (credential) => credential.userId === user.id && (name === null || credential.name === name),
  );
  return collection(
    call,
    'application_credentials',
    own.map((credential) => view(credential, call)),
  );
}

export function showCredential(call: KeystoneCall): Response {
  const user = ownUser(call, 'identity:get_application_credential');
  return Response.json({ application_credential: view(credentialOf(call, user), call) });
}

/** Made for the project of the caller's token; the answer is the only one that has the secret. */
export async function createCredential(call: KeystoneCall): Promise<Response> {
  const user = ownUser(call, 'identity:create_application_credential');
  const { identity, token } = call;
  refuseForRestricted(call);
  if (token.projectId === undefined) {
    throw keystoneRefusal.forbidden('identity:create_application_credential');
  }
  const wanted = objectOf(fieldOf(await bodyOf(call.request), 'application_credential'));
  if (wanted === undefined) {
    throw keystoneRefusal.badRequest("'application_credential' is a required property");
  }
  const name = textOf(wanted, 'name');
  if (name === undefined || name === '' || name.length > 255) {
    throw keystoneRefusal.badRequest(
      name === undefined
        ? "'name' is a required property"
        : `Invalid input for field 'name': ${JSON.stringify(name)} is too ${name === '' ? 'short' : 'long'}`,
    );
  }
  if (identity.directory.credentials.some((one) => one.userId === user.id && one.name === name)) {
    throw new Refusal(
      409,
      `Conflict occurred attempting to store application_credential - Duplicate entry found with name ${name} for user ${user.id}.`,
    );
  }
  const made = identity.directory.addCredential({
    name,
    description: textOf(wanted, 'description') ?? null,
    secret: textOf(wanted, 'secret'),
    userId: user.id,
    projectId: token.projectId,
    roles: rolesOf(call, wanted['roles']),
    expires: expiryOf(call, wanted['expires_at']),
    unrestricted: wanted['unrestricted'] === true,
  });
  const body = { ...view(made, call), secret: made.secret };
  return Response.json({ application_credential: body }, { status: 201 });
}

/** Its tokens end with it. */
export function deleteCredential(call: KeystoneCall): Response {
  const user = ownUser(call, 'identity:delete_application_credential');
  refuseForRestricted(call);
  const { id } = credentialOf(call, user);
  call.identity.directory.removeCredential(id);
  call.identity.tokens.revokeOfCredential(id);
  return new Response(null, { status: 204 });
}

/** A token of a restricted credential makes and deletes none. */
function refuseForRestricted({ identity, token }: KeystoneCall): void {
  const id = token.applicationCredentialId;
  if (id !== undefined && identity.directory.credential(id)?.unrestricted !== true) {
    throw keystoneRefusal.forbidden(
      "Using method 'application_credential' is not allowed for managing additional application credentials",
    );
  }
}

function credentialOf({ identity, parameters }: KeystoneCall, user: User): ApplicationCredential {
  const id = parameters['id'] ?? '';
  const credential = identity.directory.credential(id);
  if (credential?.userId !== user.id) {
    throw keystoneRefusal.notFound(WHAT, id);
  }
  return credential;
}

/** The asked roles, each of which the caller has to have; all of the caller's when none are asked for. */
function rolesOf({ token }: KeystoneCall, wanted: unknown): readonly string[] {
  if (!Array.isArray(wanted) || wanted.length === 0) {
    return token.roles;
  }
  return wanted.map((role: unknown) => {
    const [id, name] = [textOf(role, 'id'), textOf(role, 'name')];
    const held = token.roles.find((one) => one === name || (id !== undefined && roleOf(one).id === id));
    if (held === undefined) {
      throw keystoneRefusal.badRequest(
        `Invalid application credential: Could not find role assignment with role: ${id ?? name}, user or group: ${token.userId}, project, domain, or system: ${token.projectId}.`,
      );
    }
    return held;
  });
}

/** `expires_at` is ISO 8601, of UTC when it names no zone. */
function expiryOf({ identity }: KeystoneCall, wanted: unknown): number | null {
  if (wanted === undefined || wanted === null) {
    return null;
  }
  const text = String(wanted);
  const time = Date.parse(/Z$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(time)) {
    throw keystoneRefusal.badRequest(
      `Invalid input for field 'expires_at': ${JSON.stringify(text)} is not a time.`,
    );
  }
  if (time <= identity.clock.now()) {
    throw keystoneRefusal.badRequest(
      'Invalid application credential: The application credential has expired or expires in the past.',
    );
  }
  return time;
}

function view(credential: ApplicationCredential, { origin }: KeystoneCall) {
  const { id, name, description, projectId, userId, roles, expires, unrestricted } = credential;
  return {
    id,
    name,
    description,
    project_id: projectId,
    roles: roles.map((role) => ({ ...roleOf(role), domain_id: null })),
    expires_at: expires === null ? null : isoMicroseconds(expires),
    unrestricted,
    links: { self: `${origin}/identity/v3/users/${userId}/application_credentials/${id}` },
  };
}
