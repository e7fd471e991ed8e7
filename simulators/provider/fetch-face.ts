import type { InterceptedFace } from './intercepted-face';

/** Redirects after which a client goes on with GET (Fetch standard, HTTP-redirect fetch). */
const GO_ON_WITH_GET = [301, 302, 303];

/**
 * A `fetch` that hands requests to a face's hosts over without sockets, at a tenth of what an emulated TLS connection
 * costs; all others go to `ordinary`. `faceOf` finds the face of a host name.
 */
export function fetchFromFaces(
  ordinary: typeof fetch,
  faceOf: (hostname: string) => InterceptedFace | undefined,
): typeof fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const face = URL.canParse(address) ? faceOf(new URL(address).hostname) : undefined;
    if (face === undefined) {
      return ordinary(input, init);
    }
    const request = new Request(input, init);
    const response = await abortable(request.signal, face.respond(request));
    if (response.type === 'error') {
      throw new TypeError('fetch failed', { cause: new Error('other side closed') });
    }
    const location = response.headers.get('location');
    if (
      response.status >= 300 &&
      response.status < 400 &&
      location !== null &&
      request.redirect !== 'manual'
    ) {
      if (request.redirect === 'error' || !GO_ON_WITH_GET.includes(response.status)) {
        throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
      }
      return fetch(new URL(location, address));
    }
    Object.defineProperty(response, 'url', { value: request.url });
    return response;
  };
}

/** `value`, or the reason of `signal` if that comes first. */
function abortable<Value>(signal: AbortSignal, value: Promise<Value> | Value): Promise<Value> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    Promise.resolve(value)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
