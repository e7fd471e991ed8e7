import { type DeclaredRoute, nearestRoute, PathIndex, type UnknownCall } from '../http';
import type { InterceptedFace } from '../intercepted-face';
import { computeRoutes } from './api/compute-routes';
import { locate, RACKSPACE_REGIONS, rackspaceServices } from './services';

const at = (service: string, routes: readonly DeclaredRoute[]) =>
  routes.map(({ method, pattern }) => ({ method, pattern, service }));

const ROUTES = [
  ...at('identity', [{ method: 'POST', pattern: '/v2.0/tokens' }]),
  ...at('compute', [
    { method: 'GET', pattern: '/' },
    { method: 'GET', pattern: '/v2' },
    ...computeRoutes.declared.map(({ method, pattern }) => ({ method, pattern: `/v2/{project}${pattern}` })),
  ]),
  ...at('image', [
    { method: 'GET', pattern: '/' },
    { method: 'GET', pattern: '/v2/images' },
    { method: 'GET', pattern: '/v2/images/{id}' },
  ]),
] as const;

/**
 * Rackspace's cloud under its public names, for this process. Its hosts of all regions are among them, so that no
 * request to one leaves the process; what no service answers is kept with the route most like it.
 */
export class RackspaceFront implements InterceptedFace {
  readonly hosts = [
    ...new Set(
      RACKSPACE_REGIONS.flatMap((region) =>
        Object.values(rackspaceServices(region)).map((address) => new URL(address).hostname),
      ),
    ),
    'lon.identity.api.rackspacecloud.com',
  ];
  readonly #index = new PathIndex<true>();
  readonly #answer: (request: Request) => Promise<Response | undefined>;
  readonly #unknown: UnknownCall[] = [];

  constructor(answer: (request: Request) => Promise<Response | undefined>) {
    this.#answer = answer;
    for (const { method, pattern, service } of ROUTES) {
      this.#index.add(method, `/${service}${pattern}`, true);
    }
  }

  async respond(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const { service, path } = locate(url);
    if (service === undefined || this.#index.match(request.method, `/${service}${path}`).kind === 'unknown') {
      this.#keep(request.method, url, service, path);
    }
    return (await this.#answer(request)) ?? new Response(null, { status: 404 });
  }

  /** Requests that nothing answered since the last look. */
  takeUnknownCalls(): readonly UnknownCall[] {
    return this.#unknown.splice(0);
  }

  #keep(method: string, { origin, pathname }: URL, service: string | undefined, path: string): void {
    const here = ROUTES.filter((route) => route.service === service);
    const nearest = nearestRoute(here.length > 0 ? here : ROUTES, method, path);
    const services: Readonly<Record<string, string>> = { ...rackspaceServices(RACKSPACE_REGIONS[0]) };
    this.#unknown.push({
      method,
      url: origin + pathname,
      nearest: nearest && `${nearest.method} ${services[nearest.service]}${nearest.pattern}`,
    });
  }
}
