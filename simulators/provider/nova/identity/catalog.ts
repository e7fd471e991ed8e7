import type { Services } from '../services';
import type { Account } from './account';

export interface CatalogEntry {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly url: string;
}

/** The services of the cloud, all on one origin as DevStack lays them. */
export function catalogOf(origin: string): readonly CatalogEntry[] {
  return [
    { type: 'identity', name: 'keystone', id: 'a1', url: `${origin}/identity` },
    { type: 'compute', name: 'nova', id: 'b2', url: `${origin}/compute/v2.1` },
    { type: 'image', name: 'glance', id: 'c3', url: `${origin}/image` },
  ];
}

/** The catalog as a Keystone v3 token carries it. */
export function v3Catalog(origin: string, region: string) {
  return catalogOf(origin).map(({ type, name, id, url }) => ({
    endpoints: [{ id: `${id}-public`, interface: 'public', region_id: region, url, region }],
    id,
    type,
    name,
  }));
}

/**
 * The catalog of a Rackspace v2.0 token. `cloudServers` is the first generation's service: the same type
 * `compute`, no region; a client has to know which of the two it wants.
 */
export function rackspaceCatalog(
  { compute, image, firstGeneration }: Services,
  region: string,
  { projectId }: Account,
) {
  const version = {
    versionInfo: `${compute}/v2`,
    versionList: `${compute}/`,
    versionId: '2',
  };
  return [
    {
      name: 'cloudServers',
      type: 'compute',
      endpoints: [{ tenantId: projectId, publicURL: `${firstGeneration}/v1.0/${projectId}` }],
    },
    {
      name: 'cloudServersOpenStack',
      type: 'compute',
      endpoints: [{ region, tenantId: projectId, publicURL: `${compute}/v2/${projectId}`, ...version }],
    },
    {
      name: 'cloudImages',
      type: 'image',
      endpoints: [{ region, tenantId: projectId, publicURL: `${image}/v2` }],
    },
  ];
}
