import { getResponse, type HttpHandler, http } from 'msw';
import { type DeclaredRoute, nearestRoute } from './nearest-route';
import { PathIndex } from './path-index';

type Method = keyof typeof VERBS;
type Answer = (
  request: Request,
  parameters: Readonly<Record<string, string>>,
) => Promise<Response> | Response;

const VERBS = {
  GET: 'get',
  HEAD: 'head',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
} as const;

/**
 * msw tries its handlers one after the other, some 0.03 ms for each that does not match. This finds the one handler of
 * a method and path first, and hands only that to msw: any number of routes costs as much as one.
 */
export class HandlerIndex {
  readonly #index = new PathIndex<() => HttpHandler>();
  readonly #answers = new PathIndex<Answer>();
  readonly #declared: DeclaredRoute[] = [];
  readonly #makers: (() => HttpHandler)[] = [];

  /** Every handler, for a `setupServer(...)` of one's own. */
  get handlers(): readonly HttpHandler[] {
    return this.#makers.map((make) => make());
  }

  /**
   * Adds what answers `method` at the path `pattern` (`/task/{taskId}`) of any host. The path is compared decoded, as a
   * server does it; `parameters` are the parts in braces.
   */
  route(method: Method, pattern: string, answer: Answer): this {
    this.#answers.add(method, pattern, answer);
    let handler: HttpHandler | undefined;
    // msw takes a stack trace for each handler that it makes: a lab makes those that are called.
    return this.#declare(method, pattern, () => {
      handler ??= makeHandler(method, pattern, answer);
      return handler;
    });
  }

  /** Adds a ready handler, which has to match what it is added for. */
  add(method: Method, pattern: string, handler: HttpHandler): this {
    return this.#declare(method, pattern, () => handler);
  }

  #declare(method: Method, pattern: string, make: () => HttpHandler): this {
    this.#index.add(method, pattern, make);
    this.#declared.push({ method, pattern });
    this.#makers.push(make);
    return this;
  }

  get declared(): readonly DeclaredRoute[] {
    return this.#declared;
  }

  /** The methods that are answered at a path (percent-encoded); none when the path is unknown. */
  methodsAt(pathname: string): readonly string[] {
    const match = this.#index.match('', pathname);
    return match.kind === 'other methods' ? match.allowed : [];
  }

  /** Answers `request` by its handler; undefined when there is none. */
  async respond(request: Request): Promise<Response | undefined> {
    const match = this.#index.match(request.method, new URL(request.url).pathname);
    return match.kind === 'found' ? getResponse([match.value()], request) : undefined;
  }

  /** As `respond`, without msw between index and route: what the benchmark compares with. Ready handlers are not known. */
  async respondWithoutMsw(request: Request): Promise<Response | undefined> {
    const match = this.#answers.match(request.method, new URL(request.url).pathname);
    return match.kind === 'found' ? match.value(request, match.parameters) : undefined;
  }

  /** The declared route most like `method` and `pathname`, for the message about a request that none answers. */
  nearest(method: string, pathname: string): string | undefined {
    const found = nearestRoute(this.#declared, method, pathname);
    return found && `${found.method} ${found.pattern}`;
  }
}

function makeHandler(method: Method, pattern: string, answer: Answer): HttpHandler {
  const own = new PathIndex<true>();
  own.add(method, pattern, true);
  return http[VERBS[method]](
    ({ request }) => {
      const match = own.match(method, new URL(request.url).pathname);
      return match.kind === 'found' ? { matches: true, params: match.parameters } : false;
    },
    ({ request, params }) => answer(request, params as Readonly<Record<string, string>>),
  );
}
