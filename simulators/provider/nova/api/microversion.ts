import { Refusal, refuse } from '../compute/refusal';

export const MINIMUM = '2.1';
export const MAXIMUM = '2.90';

/** The minor part of a compute API microversion: 87 of `2.87`. The major part is always 2. */
export type Microversion = number;

/**
 * Which microversion a request asks for: `OpenStack-API-Version: compute 2.87`, or the older
 * `X-OpenStack-Nova-API-Version: 2.87`; `latest` is the highest one, none at all is 2.1.
 */
export function requestedMicroversion(headers: Headers): Microversion {
  const services = headers.get('openstack-api-version')?.split(',') ?? [];
  const compute = services.map((entry) => /^\s*compute\s+(\S+)\s*$/i.exec(entry)?.[1]).find(Boolean);
  const asked = compute ?? headers.get('x-openstack-nova-api-version') ?? MINIMUM;
  if (asked === 'latest') {
    return minorOf(MAXIMUM);
  }
  const parts = /^([1-9]\d*)\.([1-9]\d*|0)$/.exec(asked);
  if (parts === null) {
    throw refuse.badRequest(
      `API Version String ${asked} is of invalid format. Must be of format MajorNum.MinorNum.`,
    );
  }
  const minor = Number(parts[2]);
  if (parts[1] !== '2' || minor < minorOf(MINIMUM) || minor > minorOf(MAXIMUM)) {
    throw new Refusal(
      406,
      `Version ${asked} is not supported by the API. Minimum is ${MINIMUM} and maximum is ${MAXIMUM}.`,
    );
  }
  return minor;
}

/** The headers that name the microversion an answer was made for. */
export function microversionHeaders(version: Microversion): Record<string, string> {
  return {
    'openstack-api-version': `compute 2.${version}`,
    'x-openstack-nova-api-version': `2.${version}`,
    vary: 'OpenStack-API-Version, X-OpenStack-Nova-API-Version',
  };
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
