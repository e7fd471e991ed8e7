import type { Identity } from './identity';
import type { Token } from './tokens';

/** The products that Rackspace gives roles for, as the roles are named: `nova:observer`. */
export type Product = 'nova' | 'cbs' | 'cloudimages' | 'neutron';

/** Whoever makes a call of a project, and what they may do there. */
export interface Caller {
  readonly userId: string;
  readonly userName: string;
  readonly projectId: string;
  readonly roles: readonly string[];
  /** Lists and shows. */
  readonly mayRead: boolean;
  /** Makes servers, attaches volumes. */
  readonly mayCreate: boolean;
  /** Changes and deletes; every action of a server, a rescue and a console too. */
  readonly mayChange: boolean;
  /** The operator of the whole cloud. Nobody has this role by default. */
  readonly isAdmin: boolean;
}

/** Who makes this request by its token, or undefined: then the answer is 401. */
export function callerOf(
  identity: Identity,
  request: Request,
  product: Product = 'nova',
): Caller | undefined {
  const token = identity.tokens.get(request.headers.get('x-auth-token'));
  return token === undefined ? undefined : callerOfToken(identity, token, product);
}

/** The same for a token; one without a project calls no service but the identity service. */
function callerOfToken(identity: Identity, token: Token, product: Product): Caller | undefined {
  const user = identity.directory.user(token.userId);
  const { projectId, roles } = token;
  if (user === undefined || projectId === undefined) {
    return undefined;
  }
  const rights = identity.rackspace ? rackspaceRights(roles, product) : openStackRights(roles);
  return { userId: user.id, userName: user.name, projectId, roles, ...rights };
}

/** The roles of OpenStack's secure defaults: reader, member, admin; each includes the one before. */
function openStackRights(roles: readonly string[]) {
  const isAdmin = roles.includes('admin');
  const isMember = isAdmin || roles.includes('member');
  return {
    mayRead: isMember || roles.includes('reader'),
    mayCreate: isMember,
    mayChange: isMember,
    isAdmin,
  };
}

/**
 * Rackspace's roles, each for one product or for all: an observer reads, a creator also makes servers, and all actions
 * are the administrator's. The more extensive of two roles counts. Source: Permissions matrix for next generation cloud
 * servers, 2016-04-29.
 */
function rackspaceRights(roles: readonly string[], product: Product) {
  const has = (role: string) => roles.includes(role) || roles.includes(`${product}:${role}`);
  const mayChange = has('admin') || roles.includes('identity:user-admin');
  const mayCreate = mayChange || roles.includes(`${product}:creator`);
  return { mayRead: mayCreate || has('observer'), mayCreate, mayChange, isAdmin: false };
}
