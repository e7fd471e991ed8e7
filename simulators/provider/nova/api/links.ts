export interface Link {
  readonly rel: string;
  readonly href: string;
}

interface Place {
  readonly baseUrl: string;
  readonly versionPath: string;
}

/** The two links of a resource: `self` with the API version in it, `bookmark` without. `path`: `/servers/<id>`. */
export function linksOf(place: Place, path: string): Link[] {
  return [{ rel: 'self', href: `${place.baseUrl}${place.versionPath}${path}` }, bookmark(place, path)];
}

export function bookmark({ baseUrl, versionPath }: Place, path: string): Link {
  return { rel: 'bookmark', href: `${baseUrl}${versionPath.replace(/^\/v2(\.1)?/, '')}${path}` };
}
