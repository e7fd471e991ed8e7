import { Refusal, refuse } from '../compute/refusal';

export const MINIMUM = '2.1';
export const MAXIMUM = '2.90';

/** The minor part of a compute API microversion: 87 of `2.87`. The major part is always 2. */
export type Microversion = number;

/**
 * Which microversion a request asks for: `OpenStack-API-Version: compute 2.87`, or the older
 * `X-OpenStack-Nova-API-Version: 2.87`; `latest` is the highest one, none at all is 2.1.
 */
export function askedMicroversion(headers: Headers): string {
  const services = headers.get('openstack-api-version')?.split(',') ?? [];
  const named = services.map((entry) => /^\s*(\S+)\s+(\S+)\s*$/.exec(entry));
  const compute = named.find((parts) => parts?.[1]?.toLowerCase() === 'compute')?.[2];
  const asked = compute ?? headers.get('x-openstack-nova-api-version')?.trim() ?? MINIMUM;
  if (asked === 'latest') {
    return MAXIMUM;
  }
  if (!/^([1-9]\d*)\.([1-9]\d*|0)$/.test(asked)) {
    throw refuse.badRequest(
      `API Version String ${asked} is of invalid format. Must be of format MajorNum.MinorNum.`,
    );
  }
  return asked;
}

/** The minor part of a version that this API has; another is refused, and the answer names it all the same. */
export function supportedMicroversion(asked: string): Microversion {
  const minor = minorOf(asked);
  if (!asked.startsWith('2.') || minor < minorOf(MINIMUM) || minor > minorOf(MAXIMUM)) {
    throw new Refusal(
      406,
      `Version ${asked} is not supported by the API. Minimum is ${MINIMUM} and maximum is ${MAXIMUM}.`,
    );
  }
  return minor;
}

/** The headers that name the microversion an answer was made for. */
export function microversionHeaders(version: string): Record<string, string> {
  return {
    'openstack-api-version': `compute ${version}`,
    'x-openstack-nova-api-version': version,
    vary: 'OpenStack-API-Version, X-OpenStack-Nova-API-Version',
  };
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
