/** `GET /identity`: which identity APIs there are; 300 as of a choice. */
export function versionsDocument(origin: string): Response {
  return Response.json({ versions: { values: [version(origin)] } }, { status: 300 });
}

/** `GET /identity/v3`. */
export function versionDocument(origin: string): Response {
  return Response.json({ version: version(origin) });
}

function version(origin: string) {
  return {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${origin}/identity/v3/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  };
}
