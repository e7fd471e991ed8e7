import { nearestRoute, type UnknownCall } from '../http';
import type { InterceptedFace } from '../intercepted-face';
import type { CloudFace } from './cloud-face';
import { publicServices, RACKSPACE_REGIONS, SERVICES, serviceOf } from './services';

/**
 * Rackspace's cloud under its public names, for this process: what is asked for there is asked for at the cloud's own
 * address, and the addresses in the answer are made public. The hosts of all regions are among them, so that no request
 * to one leaves the process; what no service answers is kept with the route most like it.
 */
export class RackspaceFront implements InterceptedFace {
  readonly hosts = [
    ...new Set(
      RACKSPACE_REGIONS.flatMap((region) =>
        Object.values(publicServices(region)).map((address) => new URL(address).hostname),
      ),
    ),
    'lon.identity.api.rackspacecloud.com',
  ];
  readonly #unknown: UnknownCall[] = [];

  /** `origin`: the cloud's own address. */
  constructor(
    private readonly face: CloudFace,
    private readonly origin: string,
  ) {}

  async respond(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const { service, path } = serviceOf(url);
    const inside = new URL(`${this.origin}/${service ?? 'nowhere'}${path}${url.search}`);
    if (service === undefined || this.face.methodsAt(inside.pathname).length === 0) {
      this.#keep(request.method, url, service, path);
    }
    const { method, headers } = request;
    const body = method === 'GET' || method === 'HEAD' ? null : await request.arrayBuffer();
    return this.#madePublic(await this.face.respond(new Request(inside, { method, headers, body })));
  }

  /** Requests that nothing answered since the last look. */
  takeUnknownCalls(): readonly UnknownCall[] {
    return this.#unknown.splice(0);
  }

  /** The answer with Rackspace's addresses in the place of the cloud's own, in its body and where it leads. */
  async #madePublic(answer: Response): Promise<Response> {
    const services = publicServices(RACKSPACE_REGIONS[0]);
    const rewrite = (text: string) =>
      SERVICES.reduce((changed, name) => changed.replaceAll(`${this.origin}/${name}`, services[name]), text);
    const headers = new Headers(answer.headers);
    for (const [name, value] of answer.headers) {
      headers.set(name, rewrite(value));
    }
    const hasText = answer.body !== null && answer.headers.get('content-type')?.includes('json');
    const body = hasText ? rewrite(await answer.text()) : answer.body;
    return new Response(body, { status: answer.status, headers });
  }

  #keep(method: string, { origin, pathname }: URL, service: string | undefined, path: string): void {
    const all = this.face.declared.filter(({ pattern }) => serviceIn(pattern) !== undefined);
    const here = all.filter(({ pattern }) => service !== undefined && serviceIn(pattern) === service);
    const nearest = nearestRoute(here.length > 0 ? here : all, method, `/${service ?? 'compute'}${path}`);
    const services = publicServices(RACKSPACE_REGIONS[0]);
    const name = nearest && serviceIn(nearest.pattern);
    this.#unknown.push({
      method,
      url: origin + pathname,
      nearest:
        nearest && name && `${nearest.method} ${services[name]}${nearest.pattern.slice(name.length + 1)}`,
    });
  }
}

function serviceIn(pattern: string) {
  return SERVICES.find((name) => pattern === `/${name}` || pattern.startsWith(`/${name}/`));
}
