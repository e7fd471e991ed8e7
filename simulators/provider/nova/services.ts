/** Where the cloud's services are: addresses without a slash at the end. */
export interface Services {
  readonly identity: string;
  readonly compute: string;
  readonly image: string;
  /** Rackspace's older service of the type `compute`. */
  readonly firstGeneration: string;
}

type Service = keyof Services;

/** Rackspace's public regions; a lab has servers in the first. */
export const RACKSPACE_REGIONS = ['DFW', 'ORD', 'IAD', 'LON', 'HKG', 'SYD'] as const;
type RackspaceRegion = (typeof RACKSPACE_REGIONS)[number];

const RACKSPACE = 'api.rackspacecloud.com';

/** At Rackspace each service has a host (its documentation of service access endpoints). */
export function rackspaceServices(region: RackspaceRegion): Services {
  const at = region.toLowerCase();
  return {
    identity: `https://identity.${RACKSPACE}`,
    compute: `https://${at}.servers.${RACKSPACE}`,
    image: `https://${at}.images.${RACKSPACE}`,
    firstGeneration: `https://servers.${RACKSPACE}`,
  };
}

/** On a lab's own origin each service has a folder, as DevStack lays them. */
function localServices(origin: string): Services {
  return {
    identity: `${origin}/identity`,
    compute: `${origin}/compute`,
    image: `${origin}/image`,
    firstGeneration: `${origin}/first-generation`,
  };
}

/** Which service a request is for, the path below it, and where its caller finds the others. */
export function locate({ hostname, origin, pathname }: URL): {
  readonly service: Service | undefined;
  readonly path: string;
  readonly services: Services;
} {
  const services = hostname.endsWith(`.${RACKSPACE}`)
    ? rackspaceServices(RACKSPACE_REGIONS[0])
    : localServices(origin);
  const address = origin + pathname;
  const service = (Object.keys(services) as Service[]).find(
    (name) => address === services[name] || address.startsWith(`${services[name]}/`),
  );
  return {
    service,
    path: service === undefined ? pathname : address.slice(services[service].length),
    services,
  };
}
