import type { DeclaredRoute } from './nearest-route';
import { PathIndex } from './path-index';

/** What a route gets: the request, its parsed URL and the decoded `{placeholders}` of its pattern. */
export interface RouteCall<Context> {
  readonly request: Request;
  readonly url: URL;
  readonly parameters: Readonly<Record<string, string>>;
  readonly context: Context;
}

export type Route<Context> = (call: RouteCall<Context>) => Response | Promise<Response>;

export type RouteMatch<Context> =
  | {
      readonly kind: 'found';
      readonly route: Route<Context>;
      readonly pattern: string;
      readonly parameters: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'other methods'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

/** The routes of a face that is one msw handler (msw tries its handlers one after the other). */
export class Router<Context = undefined> {
  readonly #index = new PathIndex<Route<Context>>();
  readonly #declared: DeclaredRoute[] = [];

  get declared(): readonly DeclaredRoute[] {
    return this.#declared;
  }

  on(method: string, pattern: string, route: Route<Context>): this {
    this.#declared.push({ method, pattern });
    this.#index.add(method, pattern, route);
    return this;
  }

  get(pattern: string, route: Route<Context>): this {
    return this.on('GET', pattern, route);
  }

  post(pattern: string, route: Route<Context>): this {
    return this.on('POST', pattern, route);
  }

  put(pattern: string, route: Route<Context>): this {
    return this.on('PUT', pattern, route);
  }

  delete(pattern: string, route: Route<Context>): this {
    return this.on('DELETE', pattern, route);
  }

  /** Finds what answers `method` at `pathname` (still percent-encoded). `HEAD` is answered by the `GET` route. */
  match(method: string, pathname: string): RouteMatch<Context> {
    const match = this.#index.match(method, pathname);
    if (match.kind === 'other methods' && method === 'HEAD' && match.allowed.includes('GET')) {
      return this.match('GET', pathname);
    }
    return match.kind === 'found'
      ? { kind: 'found', route: match.value, pattern: match.pattern, parameters: match.parameters }
      : match;
  }
}
