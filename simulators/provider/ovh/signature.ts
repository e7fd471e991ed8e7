import { createHash, timingSafeEqual } from 'node:crypto';

/** What a request's signature covers. `url` is the full one, `body` empty for GET and DELETE, `timestamp` Unix seconds. */
export interface SignedParts {
  readonly applicationSecret: string;
  readonly consumerKey: string;
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly timestamp: string;
}

/** `"$1$"` and the SHA-1, in hex, of the parts joined by `+` (the provider's guide "First steps with the API"). */
export function sign(parts: SignedParts): string {
  const text = [
    parts.applicationSecret,
    parts.consumerKey,
    parts.method.toUpperCase(),
    parts.url,
    parts.body,
    parts.timestamp,
  ].join('+');
  return `$1$${createHash('sha1').update(text).digest('hex')}`;
}

/**
 * Whether `signature` fits one of the spellings of the URL. A client on another port than 443 may sign the URL with
 * `https`, and without the port (node-ovh does), though the request came otherwise.
 */
export function signatureFits(
  signature: string,
  parts: Omit<SignedParts, 'url'>,
  urls: readonly string[],
): boolean {
  const given = Buffer.from(signature);
  return urls.some((url) => {
    const expected = Buffer.from(sign({ ...parts, url }));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

/**
 * The spellings of `url` that a signature may cover: as it came, with https, and with https and no port; each also with
 * the apostrophes of its query as they are, which `URL` escapes and Node's querystring does not.
 */
export function signedSpellings(url: URL): string[] {
  const { pathname, search } = url;
  const rests = new Set([pathname + search, pathname + search.replaceAll('%27', "'")]);
  return [...rests].flatMap((rest) => [
    url.origin + rest,
    `https://${url.host}${rest}`,
    `https://${url.hostname}${rest}`,
  ]);
}
