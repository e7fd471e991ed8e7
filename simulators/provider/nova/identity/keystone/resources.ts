import { v3Catalog } from '../catalog';
import { DOMAIN, type Project, type User } from '../directory';
import type { KeystoneCall } from './call';
import { keystoneRefusal } from './errors';

/** The projects that a token's user can get a token for: `GET /v3/auth/projects`. */
export function listOwnProjects(call: KeystoneCall): Response {
  const { identity, token } = call;
  const user = identity.directory.user(token.userId);
  const projects = user === undefined ? [] : identity.directory.projectsOf(user);
  return collection(
    call,
    'projects',
    projects.map((project) => projectView(project, call.origin)),
  );
}

/** `GET /v3/auth/catalog`. */
export function showCatalog({ identity, token, origin }: KeystoneCall): Response {
  if (token.projectId === undefined) {
    throw keystoneRefusal.forbidden('A project-scoped token is required to produce a service catalog.');
  }
  const catalog = v3Catalog(origin, identity.region, token.projectId);
  return Response.json({ catalog, links: { self: `${origin}/identity/v3/auth/catalog` } });
}

/** The domains and the system that the user has a role in: none. */
export function listOwnDomains(call: KeystoneCall): Response {
  return collection(call, 'domains', []);
}

export function showOwnSystem({ origin }: KeystoneCall): Response {
  return Response.json({ system: [], links: { self: `${origin}/identity/v3/auth/system` } });
}

export function showProject({ identity, token, parameters, origin }: KeystoneCall): Response {
  const project = identity.directory.project(parameters['id'] ?? '');
  if (project === undefined || project.id !== token.projectId) {
    throw keystoneRefusal.forbidden('identity:get_project');
  }
  return Response.json({ project: projectView(project, origin) });
}

export function showUser(call: KeystoneCall): Response {
  return Response.json({ user: userView(ownUser(call, 'identity:get_user'), call.origin) });
}

export function listUserProjects(call: KeystoneCall): Response {
  ownUser(call, 'identity:list_user_projects');
  return listOwnProjects(call);
}

export function showDomain({ parameters, origin }: KeystoneCall): Response {
  if (parameters['id'] !== DOMAIN.id) {
    throw keystoneRefusal.forbidden('identity:get_domain');
  }
  const links = { self: `${origin}/identity/v3/domains/${DOMAIN.id}` };
  const description = 'The default domain';
  return Response.json({ domain: { ...DOMAIN, description, enabled: true, tags: [], options: {}, links } });
}

export function listRegions(call: KeystoneCall): Response {
  return collection(call, 'regions', [regionView(call)]);
}

export function showRegion(call: KeystoneCall): Response {
  const id = call.parameters['id'] ?? '';
  if (id !== call.identity.region) {
    throw keystoneRefusal.notFound('region', id);
  }
  return Response.json({ region: regionView(call) });
}

/** What only the operator of the cloud may see; the right is missing before anything is looked up. */
export function operatorsOnly(action: string) {
  return (): never => {
    throw keystoneRefusal.forbidden(action);
  };
}

/** The user in the path, who has to be the caller. */
export function ownUser({ identity, token, parameters }: KeystoneCall, action: string): User {
  const user = identity.directory.user(parameters['user'] ?? '');
  if (user === undefined || user.id !== token.userId) {
    throw keystoneRefusal.forbidden(action);
  }
  return user;
}

/** A list with the links that each of Keystone's lists has; nothing is paged. */
export function collection({ url, origin }: KeystoneCall, name: string, members: readonly object[]) {
  const links = { next: null, self: `${origin}${url.pathname}${url.search}`, previous: null };
  return Response.json({ [name]: members, links });
}

function projectView({ id, name }: Project, origin: string) {
  return {
    id,
    name,
    domain_id: DOMAIN.id,
    description: '',
    enabled: true,
    parent_id: DOMAIN.id,
    is_domain: false,
    tags: [],
    options: {},
    links: { self: `${origin}/identity/v3/projects/${id}` },
  };
}

function userView({ id, name }: User, origin: string) {
  return {
    id,
    name,
    domain_id: DOMAIN.id,
    enabled: true,
    password_expires_at: null,
    options: {},
    links: { self: `${origin}/identity/v3/users/${id}` },
  };
}

function regionView({ identity, origin }: KeystoneCall) {
  const { region } = identity;
  const links = { self: `${origin}/identity/v3/regions/${region}` };
  return { id: region, description: '', parent_region_id: null, links };
}
