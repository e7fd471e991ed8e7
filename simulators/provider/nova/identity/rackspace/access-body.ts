import { rackspaceCatalog } from '../catalog';
import type { Identity } from '../identity';
import type { Token } from '../tokens';

const METHODS: Readonly<Record<string, string>> = { apikey: 'APIKEY', password: 'PASSWORD', token: 'TOKEN' };

/** What Rackspace says of its roles; the ids are our choice. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'identity:user-admin': 'User Admin Role.',
  'identity:default': 'Default Role.',
  admin: 'All products: full access.',
  observer: 'All products: read-only access.',
  'nova:admin': 'Cloud Servers: full access.',
  'nova:creator': 'Cloud Servers: create, read and update.',
  'nova:observer': 'Cloud Servers: read-only access.',
};

/** The `access` of a token; `catalog`: as an answer to signing in. */
export function accessBody(
  { directory, region }: Identity,
  token: Token,
  origin: string,
  { catalog }: { catalog: boolean },
) {
  const user = directory.user(token.userId);
  const { projectId } = token;
  return {
    access: {
      token: {
        id: token.id,
        expires: new Date(token.expires).toISOString(),
        ...(projectId !== undefined && { tenant: { id: projectId, name: projectId } }),
        'RAX-AUTH:authenticatedBy': token.methods.map((method) => METHODS[method] ?? method),
      },
      user: {
        id: token.userId,
        name: user?.name,
        'RAX-AUTH:defaultRegion': region,
        roles: token.roles.map((name, index) => ({
          id: String(index + 3),
          name,
          description: DESCRIPTIONS[name] ?? name,
        })),
      },
      ...(catalog &&
        projectId !== undefined && { serviceCatalog: rackspaceCatalog(origin, region, projectId) }),
    },
  };
}
