import { MAXIMUM, MINIMUM } from './microversion';

const media = (version: string) => [
  { base: 'application/json', type: `application/vnd.openstack.compute+json;version=${version}` },
];

const self = (href: string) => ({ rel: 'self', href });

const v20 = (baseUrl: string) => ({
  id: 'v2.0',
  status: 'SUPPORTED',
  version: '',
  min_version: '',
  updated: '2011-01-21T11:33:21Z',
  links: [self(`${baseUrl}/v2/`)],
});

const v21 = (baseUrl: string) => ({
  id: 'v2.1',
  status: 'CURRENT',
  version: MAXIMUM,
  min_version: MINIMUM,
  updated: '2013-07-23T11:33:21Z',
  links: [self(`${baseUrl}/v2.1/`)],
});

/** `GET /compute/`: which compute APIs there are. */
export function versionsDocument(baseUrl: string) {
  return { versions: [v20(baseUrl), v21(baseUrl)] };
}

/** `GET /compute/v2.1` (or `/v2`): from it clients learn the microversions. */
export function versionDocument(baseUrl: string, id: 'v2' | 'v2.1') {
  const [version, mediaVersion] = id === 'v2' ? [v20(baseUrl), '2'] : [v21(baseUrl), '2.1'];
  const describedBy = { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' };
  return {
    version: { ...version, links: [...version.links, describedBy], 'media-types': media(mediaVersion) },
  };
}

/** An address without a version: 300, with the same address under each version. */
export function versionChoices(baseUrl: string, path: string) {
  const choice = (id: string, status: string, folder: string, mediaVersion: string) => ({
    id,
    status,
    links: [self(`${baseUrl}/${folder}${path}`)],
    'media-types': media(mediaVersion),
  });
  return { choices: [choice('v2.0', 'SUPPORTED', 'v2', '2'), choice('v2.1', 'CURRENT', 'v2.1', '2.1')] };
}
