import type { Region } from '../dedicated';

interface RegionFacts {
  /** Where clients find the API; the first is the one that links name. */
  readonly apiHosts: readonly string[];
  /** Where they get OAuth2 tokens. */
  readonly tokenHost: string;
  /** In URNs and the names of regions. */
  readonly name: string;
}

/** From the endpoint lists of the official clients (node-ovh, go-ovh). */
export const REGIONS: Readonly<Record<Region, RegionFacts>> = {
  EU: {
    apiHosts: ['eu.api.ovh.com', 'api.ovh.com', 'eu.api.soyoustart.com', 'eu.api.kimsufi.com'],
    tokenHost: 'www.ovh.com',
    name: 'eu',
  },
  CA: {
    apiHosts: ['ca.api.ovh.com', 'ca.api.soyoustart.com', 'ca.api.kimsufi.com'],
    tokenHost: 'ca.ovh.com',
    name: 'ca',
  },
  US: { apiHosts: ['api.us.ovhcloud.com'], tokenHost: 'us.ovhcloud.com', name: 'us' },
};
