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

interface Node<Context> {
  readonly fixed: Map<string, Node<Context>>;
  variable?: Node<Context>;
  readonly routes: Map<
    string,
    { readonly route: Route<Context>; readonly pattern: string; readonly names: readonly string[] }
  >;
}

const emptyNode = <Context>(): Node<Context> => ({ fixed: new Map(), routes: new Map() });

/**
 * Finds the route of a method and path in one walk over the path's segments. Patterns are written as OpenAPI
 * writes them: `/dedicated/server/{serviceName}/boot/{bootId}`. (msw tries its handlers one after the other;
 * so a face has one msw handler and this inside.)
 */
export class Router<Context = undefined> {
  readonly #root: Node<Context> = emptyNode();

  on(method: string, pattern: string, route: Route<Context>): this {
    let node = this.#root;
    const names: string[] = [];
    for (const segment of segmentsOf(pattern)) {
      const name = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (name !== undefined) {
        names.push(name);
        node.variable ??= emptyNode();
        node = node.variable;
        continue;
      }
      const next = node.fixed.get(segment) ?? emptyNode<Context>();
      node.fixed.set(segment, next);
      node = next;
    }
    if (node.routes.has(method)) {
      throw new Error(`The route ${method} ${pattern} is declared twice; a router takes each once.`);
    }
    node.routes.set(method, { route, pattern, names });
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
    let segments: string[];
    try {
      segments = segmentsOf(pathname).map(decodeURIComponent);
    } catch {
      return { kind: 'unknown' };
    }
    const found = descend(this.#root, segments, []);
    if (found === undefined) {
      return { kind: 'unknown' };
    }
    const entry =
      found.node.routes.get(method) ?? (method === 'HEAD' ? found.node.routes.get('GET') : undefined);
    if (entry === undefined) {
      return { kind: 'other methods', allowed: [...found.node.routes.keys()].sort() };
    }
    const parameters = Object.fromEntries(
      entry.names.map((name, index) => [name, found.values[index] as string]),
    );
    return { kind: 'found', route: entry.route, pattern: entry.pattern, parameters };
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** A fixed segment wins over a placeholder, with a way back when the rest of the path does not fit. */
function descend<Context>(
  node: Node<Context>,
  segments: readonly string[],
  values: readonly string[],
): { node: Node<Context>; values: readonly string[] } | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    return node.routes.size > 0 ? { node, values } : undefined;
  }
  const fixed = node.fixed.get(segment);
  return (
    (fixed && descend(fixed, rest, values)) ??
    (node.variable && descend(node.variable, rest, [...values, segment]))
  );
}
