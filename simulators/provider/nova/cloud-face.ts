import type { Clock } from '../clock';
import { type Faults, sufferFaults } from '../faults';
import { HandlerIndex, type HttpExchange, logged } from '../http';

/** The cloud's services; each has its paths below `/<service>`, as DevStack lays them. */
export type CloudService = 'identity' | 'compute' | 'image' | 'network' | 'volume';

type Method = Parameters<HandlerIndex['route']>[0];
type Answer = Parameters<HandlerIndex['route']>[2];

/** How a service answers where none of its routes does. */
export interface ServiceManners {
  /** A path (without the service's own part), or a method at it, that is not known; `allowed`: the methods that are. */
  readonly unknown: (
    request: Request,
    place: { readonly path: string; readonly allowed: readonly string[] },
  ) => Response | Promise<Response>;
  /** An error of this status that somebody asked for, in the service's own words. */
  readonly failure: (status: number, request: Request) => Response;
}

export interface CloudFaceOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  /** Ends waiting answers when the cloud closes. */
  readonly closing: AbortSignal;
  readonly log: (exchange: HttpExchange) => void;
}

/** The cloud's whole HTTP face: each call is one msw handler, found by its path without trying the others. */
export class CloudFace {
  readonly #index = new HandlerIndex();
  readonly #manners = new Map<string, ServiceManners>();

  constructor(private readonly options: CloudFaceOptions) {}

  service(service: CloudService, manners: ServiceManners): this {
    this.#manners.set(service, manners);
    return this;
  }

  /** Adds what answers `method` at `pattern` below the service; `{name}` stands for one segment. */
  add(service: CloudService, method: Method, pattern: string, answer: Answer): this {
    const complete = this.#complete((request, parameters) => answer(request, parameters));
    this.#index.route(method, `/${service}${pattern}`, complete);
    if (method === 'GET') {
      this.#index.route('HEAD', `/${service}${pattern}`, complete);
    }
    return this;
  }

  /** Adds what no cloud has, at an address of its own. */
  addRoute({ method, pattern, answer }: { method: Method; pattern: string; answer: Answer }): void {
    this.#index.route(method, pattern, answer);
  }

  /** What is answered, as methods and patterns that begin with the service. */
  get declared(): HandlerIndex['declared'] {
    return this.#index.declared;
  }

  /** The methods that are answered at a path; none when the path is unknown. */
  methodsAt(pathname: string): readonly string[] {
    return this.#index.methodsAt(pathname);
  }

  async respond(request: Request): Promise<Response> {
    return (await this.#index.respond(request)) ?? this.#complete(() => this.#unknown(request))(request, {});
  }

  #unknown(request: Request): Response | Promise<Response> {
    const { pathname } = new URL(request.url);
    const [, service = '', path = ''] = /^\/+(\w+)(\/.*)?$/.exec(pathname) ?? [];
    const manners = this.#manners.get(service);
    if (manners === undefined) {
      const places = [...this.#manners.keys()].map((name) => `/${name}`).join(', ');
      return new Response(`The services are at ${places}.\n`, { status: 404 });
    }
    return manners.unknown(request, { path, allowed: this.#index.methodsAt(pathname) });
  }

  /** An answer with what belongs to every one: the log, and the faults that were asked for. */
  #complete(answer: Answer): (request: Request, parameters: Parameters<Answer>[1]) => Promise<Response> {
    return (request, parameters) =>
      logged('nova', this.options.log, async () => {
        const { pathname } = new URL(request.url);
        const suffered = await sufferFaults(this.options, request, pathname);
        if (typeof suffered === 'number') {
          const manners = this.#manners.get(pathname.split('/')[1] ?? '');
          return manners?.failure(suffered, request) ?? new Response(null, { status: suffered });
        }
        return suffered ?? answer(request, parameters);
      })(request);
  }
}
