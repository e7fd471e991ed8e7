import { segmentsOf } from './path-index';

/** A request to a provider's host that the simulator does not know. */
export interface UnknownCall {
  readonly method: string;
  readonly url: string;
  /** The declared route most like it. */
  readonly nearest: string | undefined;
}

/** A method and a path as OpenAPI writes it. */
export interface DeclaredRoute {
  readonly method: string;
  readonly pattern: string;
}

/** The route most like `method` and `pathname`, for the message about a request that none answers. */
export function nearestRoute<Route extends DeclaredRoute>(
  routes: readonly Route[],
  method: string,
  pathname: string,
): Route | undefined {
  const given = segmentsOf(pathname);
  const score = (route: Route) =>
    distance(given, segmentsOf(route.pattern)) + (method === route.method ? 0 : 0.5);
  return routes
    .map((route) => ({ route, score: score(route) }))
    .sort((one, other) => one.score - other.score)[0]?.route;
}

/** How many path segments differ; a placeholder stands for anything, at a small price. */
function distance(given: readonly string[], pattern: readonly string[]): number {
  let sum = Math.abs(given.length - pattern.length);
  for (let index = 0; index < Math.min(given.length, pattern.length); index += 1) {
    const [mine = '', theirs = ''] = [given[index], pattern[index]];
    if (mine !== theirs) {
      sum += theirs.startsWith('{') ? 0.1 : 1 - likeness(mine, theirs) / 2;
    }
  }
  return sum;
}

/** From 0 to 1: the part of the letters at the beginning that two segments share. */
function likeness(one: string, other: string): number {
  let shared = 0;
  while (shared < one.length && one[shared]?.toLowerCase() === other[shared]?.toLowerCase()) {
    shared += 1;
  }
  return shared / Math.max(one.length, other.length, 1);
}
