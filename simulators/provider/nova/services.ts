/** Rackspace's public regions; a lab has servers in the first. */
export const RACKSPACE_REGIONS = ['DFW', 'ORD', 'IAD', 'LON', 'HKG', 'SYD'] as const;
type RackspaceRegion = (typeof RACKSPACE_REGIONS)[number];

/** The folders of the cloud's own address that have hosts at Rackspace; `first-generation` is its older compute service. */
export const SERVICES = ['identity', 'compute', 'image', 'network', 'first-generation'] as const;
type Service = (typeof SERVICES)[number];

const RACKSPACE = 'api.rackspacecloud.com';

/** At Rackspace each service has a host (its documentation of service access endpoints). */
export function publicServices(region: RackspaceRegion): Readonly<Record<Service, string>> {
  const at = region.toLowerCase();
  return {
    identity: `https://identity.${RACKSPACE}`,
    compute: `https://${at}.servers.${RACKSPACE}`,
    image: `https://${at}.images.${RACKSPACE}`,
    network: `https://${at}.networks.${RACKSPACE}`,
    'first-generation': `https://servers.${RACKSPACE}`,
  };
}

/** Which service a request to a public host is for, and the path below it. Only the first region has any. */
export function serviceOf({ origin, pathname }: URL): {
  readonly service: Service | undefined;
  readonly path: string;
} {
  const services = publicServices(RACKSPACE_REGIONS[0]);
  return { service: SERVICES.find((name) => services[name] === origin), path: pathname };
}
