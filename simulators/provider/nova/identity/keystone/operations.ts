import {
  createCredential,
  deleteCredential,
  listCredentials,
  showCredential,
} from './application-credentials';
import type { KeystoneCall } from './call';
import {
  listOwnDomains,
  listOwnProjects,
  listRegions,
  listUserProjects,
  operatorsOnly,
  showCatalog,
  showDomain,
  showOwnSystem,
  showProject,
  showRegion,
  showUser,
} from './resources';
import { revokeToken, validateToken } from './tokens';

export interface KeystoneOperation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/identity`. */
  readonly path: string;
  readonly answer: (call: KeystoneCall) => Promise<Response> | Response;
}

const get = (path: string, answer: KeystoneOperation['answer']): KeystoneOperation => ({
  method: 'GET',
  path,
  answer,
});

const CREDENTIALS = '/v3/users/{user}/application_credentials';

/** The calls of the identity API v3 that need a token. Nobody of this cloud's customers is its operator. */
export const keystoneOperations: readonly KeystoneOperation[] = [
  get('/v3/auth/tokens', validateToken),
  { method: 'DELETE', path: '/v3/auth/tokens', answer: revokeToken },
  get('/v3/auth/projects', listOwnProjects),
  get('/v3/auth/domains', listOwnDomains),
  get('/v3/auth/system', showOwnSystem),
  get('/v3/auth/catalog', showCatalog),
  get('/v3/projects', operatorsOnly('identity:list_projects')),
  get('/v3/projects/{id}', showProject),
  get('/v3/users', operatorsOnly('identity:list_users')),
  get('/v3/users/{user}', showUser),
  get('/v3/users/{user}/projects', listUserProjects),
  get(CREDENTIALS, listCredentials),
  { method: 'POST', path: CREDENTIALS, answer: createCredential },
  get(`${CREDENTIALS}/{id}`, showCredential),
  { method: 'DELETE', path: `${CREDENTIALS}/{id}`, answer: deleteCredential },
  get('/v3/domains', operatorsOnly('identity:list_domains')),
  get('/v3/domains/{id}', showDomain),
  get('/v3/regions', listRegions),
  get('/v3/regions/{id}', showRegion),
  get('/v3/services', operatorsOnly('identity:list_services')),
  get('/v3/endpoints', operatorsOnly('identity:list_endpoints')),
  get('/v3/roles', operatorsOnly('identity:list_roles')),
  get('/v3/role_assignments', operatorsOnly('identity:list_role_assignments')),
  get('/v3/groups', operatorsOnly('identity:list_groups')),
];
