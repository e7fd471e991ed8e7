import { Refusal, refuse } from '../compute/refusal';

const MINIMUM = 0;
const MAXIMUM = 70;

/** The minor part of the block storage API's microversion that a request asks for: 44 of `volume 3.44`. */
export function volumeMicroversion(headers: Headers): number {
  const services = headers.get('openstack-api-version')?.split(',') ?? [];
  const asked = services.map((entry) => /^\s*volume\s+(\S+)\s*$/i.exec(entry)?.[1]).find(Boolean) ?? '3.0';
  if (asked === 'latest') {
    return MAXIMUM;
  }
  const parts = /^([1-9]\d*)\.([1-9]\d*|0)$/.exec(asked);
  if (parts === null) {
    throw refuse.badRequest(
      `API Version String ${asked} is of invalid format. Must be of format MajorNum.MinorNum.`,
    );
  }
  const minor = Number(parts[2]);
  if (parts[1] !== '3' || minor < MINIMUM || minor > MAXIMUM) {
    throw new Refusal(
      406,
      `Version ${asked} is not supported by the API. Minimum is 3.${MINIMUM} and maximum is 3.${MAXIMUM}.`,
    );
  }
  return minor;
}

/** The document of the one version that is served. */
export function volumeVersion(origin: string) {
  return {
    id: 'v3.0',
    status: 'CURRENT',
    version: `3.${MAXIMUM}`,
    min_version: `3.${MINIMUM}`,
    updated: '2022-08-31T00:00:00Z',
    links: [
      { rel: 'describedby', type: 'text/html', href: 'https://docs.openstack.org/' },
      { rel: 'self', href: `${origin}/volume/v3/` },
    ],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.volume+json;version=3' }],
  };
}
