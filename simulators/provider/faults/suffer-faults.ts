import type { Clock } from '../clock';
import type { Faults } from './faults';

interface Suffering {
  readonly faults: Faults;
  readonly clock: Clock;
  /** Ends waiting when the provider closes. */
  readonly closing: AbortSignal;
}

/**
 * Lets the faults of a call happen: a late answer is waited for here; a connection that shall break is answered with a
 * network error, an error status that was asked for with its number. `path` is the path that faults are limited by.
 */
export async function sufferFaults(
  { faults, clock, closing }: Suffering,
  request: Request,
  path: string,
): Promise<Response | number | undefined> {
  const occasion = { method: request.method, path };
  const late = faults.happens('slow-answers', occasion)?.by;
  if (late !== undefined) {
    await clock.waitUntil(clock.now() + late, { signal: AbortSignal.any([closing, request.signal]) });
  }
  if (faults.happens('dropped-connections', occasion)) {
    return Response.error();
  }
  const error = faults.strike((kind) => kind.startsWith('error-'), occasion);
  return error && Number(error.kind.slice('error-'.length));
}
