import { Refusal } from '../../compute/refusal';
import { type ApplicationCredential, DOMAIN, type Project, type User } from '../directory';
import type { Identity } from '../identity';
import { fieldOf, objectOf, textOf } from '../json-parts';
import type { AuthenticationMethod, TokenSeed } from '../tokens';
import { keystoneRefusal } from './errors';

/** Who proved to be whom, and by what. */
interface Proof {
  readonly user: User;
  readonly credential?: ApplicationCredential | undefined;
  /** Set by the method `token`. */
  readonly notAfter?: number;
  readonly auditChain?: readonly string[];
  readonly projectId?: string | undefined;
}

/**
 * Reads the `auth` of `POST /v3/auth/tokens` (password, token, application credential; scoped to a project, or unscoped)
 * and answers what the new token stands for. Whatever does not prove right is one and the same 401.
 */
export function authenticate(identity: Identity, auth: unknown): TokenSeed {
  const wanted = objectOf(auth);
  if (wanted === undefined) {
    throw keystoneRefusal.invalid('auth', 'request body');
  }
  const methods = methodsOf(wanted);
  const proofs = methods.map((method) => prove(identity, method, fieldOf(fieldOf(auth, 'identity'), method)));
  const [first] = proofs;
  if (first === undefined || proofs.some(({ user }) => user !== first.user)) {
    throw keystoneRefusal.unauthenticated();
  }
  const { user } = first;
  const credential = proofs.find((proof) => proof.credential !== undefined)?.credential;
  const scope = wanted['scope'];
  if (credential !== undefined && scope !== undefined) {
    const detail = 'Application credentials cannot request a scope.';
    throw new Refusal(401, `Error authenticating with application credential: ${detail}`);
  }
  const projectId = credential?.projectId ?? scopedProject(identity, user, scope, first.projectId)?.id;
  return {
    userId: user.id,
    projectId,
    roles: credential?.roles ?? (projectId === undefined ? [] : (user.roles.get(projectId) ?? [])),
    methods,
    applicationCredentialId: credential?.id,
    notAfter: first.notAfter,
    auditChain: first.auditChain ?? [],
  };
}

function methodsOf(auth: object): AuthenticationMethod[] {
  const identity = objectOf(fieldOf(auth, 'identity'));
  if (identity === undefined) {
    throw keystoneRefusal.badRequest("'identity' is a required property");
  }
  const methods = identity['methods'];
  if (!Array.isArray(methods)) {
    throw keystoneRefusal.badRequest("'methods' is a required property");
  }
  for (const method of methods) {
    if (!METHODS.some((known) => known === method)) {
      throw new Refusal(401, 'Attempted to authenticate with an unsupported method.');
    }
  }
  return methods as AuthenticationMethod[];
}

const METHODS = ['password', 'token', 'application_credential'] as const;

function prove(identity: Identity, method: AuthenticationMethod, given: unknown): Proof {
  if (objectOf(given) === undefined) {
    throw keystoneRefusal.invalid(method, 'identity');
  }
  switch (method) {
    case 'password':
      return provePassword(identity, fieldOf(given, 'user'));
    case 'token':
      return proveToken(identity, given);
    default:
      return proveCredential(identity, given);
  }
}

function provePassword(identity: Identity, given: unknown): Proof {
  const user = userOf(identity, given);
  if (user === undefined || textOf(given, 'password') !== user.password) {
    throw keystoneRefusal.unauthenticated();
  }
  return { user };
}

function proveToken({ tokens, directory }: Identity, given: unknown): Proof {
  const token = tokens.get(textOf(given, 'id'));
  const user = token && directory.user(token.userId);
  if (token === undefined || user === undefined || token.applicationCredentialId !== undefined) {
    throw keystoneRefusal.unauthenticated();
  }
  const auditChain = [token.auditId, ...(token.auditChain ?? [])];
  return { user, notAfter: token.expires, auditChain, projectId: token.projectId };
}

function proveCredential(identity: Identity, given: unknown): Proof {
  const { directory, clock } = identity;
  const id = textOf(given, 'id');
  const credential = id === undefined ? credentialNamed(identity, given) : directory.credential(id);
  const user = credential && directory.user(credential.userId);
  const expired = credential?.expires != null && credential.expires <= clock.now();
  if (user === undefined || expired || textOf(given, 'secret') !== credential?.secret) {
    throw keystoneRefusal.unauthenticated();
  }
  return { user, credential };
}

function credentialNamed(identity: Identity, given: unknown): ApplicationCredential | undefined {
  const owner = userOf(identity, fieldOf(given, 'user'));
  const name = textOf(given, 'name');
  return identity.directory.credentials.find((one) => one.userId === owner?.id && one.name === name);
}

/** A user by id, or by name with the domain that it is in. */
function userOf({ directory }: Identity, given: unknown): User | undefined {
  const { id, name } = named(given, 'user');
  return id === undefined ? directory.userNamed(name) : directory.user(id);
}

/** An id, or a name within the domain; undefined a name in another domain. */
function named(given: unknown, what: 'user' | 'project') {
  const [id, name] = [textOf(given, 'id'), textOf(given, 'name')];
  if (id === undefined && name === undefined) {
    throw keystoneRefusal.invalid('id or name', what);
  }
  const domain = objectOf(fieldOf(given, 'domain'));
  if (id === undefined && domain === undefined) {
    throw keystoneRefusal.invalid('domain', what);
  }
  const ours = textOf(domain, 'id') === DOMAIN.id || textOf(domain, 'name') === DOMAIN.name;
  return { id, name: ours ? name : undefined };
}

/** The project that is asked for, in which the user needs a role. */
function scopedProject(
  { directory }: Identity,
  user: User,
  scope: unknown,
  present: string | undefined,
): Project | undefined {
  if (scope === undefined) {
    return present === undefined ? undefined : directory.project(present);
  }
  if (scope === 'unscoped' || objectOf(fieldOf(scope, 'unscoped')) !== undefined) {
    return undefined;
  }
  const given = fieldOf(scope, 'project');
  if (given === undefined) {
    // Nobody has a role in the domain, or in the whole system.
    throw keystoneRefusal.unauthenticated();
  }
  const { id, name } = named(given, 'project');
  const project = id === undefined ? directory.projectNamed(name) : directory.project(id);
  if (!project || !user.roles.has(project.id)) {
    throw keystoneRefusal.unauthenticated();
  }
  return project;
}
