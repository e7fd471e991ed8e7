interface CatalogEntry {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly url: string;
}

/** The services of the cloud, all on one origin as DevStack lays them. */
function catalogOf(origin: string, projectId: string): readonly CatalogEntry[] {
  return [
    { type: 'identity', name: 'keystone', id: 'a1', url: `${origin}/identity` },
    { type: 'compute', name: 'nova', id: 'b2', url: `${origin}/compute/v2.1` },
    { type: 'image', name: 'glance', id: 'c3', url: `${origin}/image` },
    { type: 'network', name: 'neutron', id: 'd4', url: `${origin}/network` },
    { type: 'volumev3', name: 'cinderv3', id: 'e5', url: `${origin}/volume/v3/${projectId}` },
    { type: 'block-storage', name: 'cinder', id: 'f6', url: `${origin}/volume/v3/${projectId}` },
  ];
}

/** The catalog as a Keystone v3 token carries it. */
export function v3Catalog(origin: string, region: string, projectId: string) {
  return catalogOf(origin, projectId).map(({ type, name, id, url }) => ({
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
export function rackspaceCatalog(origin: string, region: string, tenantId: string) {
  const regional = (publicURL: string) => [{ region, tenantId, publicURL }];
  const version = {
    versionInfo: `${origin}/compute/v2`,
    versionList: `${origin}/compute/`,
    versionId: '2',
  };
  return [
    {
      name: 'cloudServers',
      type: 'compute',
      endpoints: [{ tenantId, publicURL: `${origin}/first-generation/v1.0/${tenantId}` }],
    },
    {
      name: 'cloudServersOpenStack',
      type: 'compute',
      endpoints: [{ region, tenantId, publicURL: `${origin}/compute/v2/${tenantId}`, ...version }],
    },
    { name: 'cloudImages', type: 'image', endpoints: regional(`${origin}/image/v2`) },
    { name: 'cloudNetworks', type: 'network', endpoints: regional(`${origin}/network/v2.0`) },
  ];
}
