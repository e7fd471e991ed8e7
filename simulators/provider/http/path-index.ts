export type PathMatch<Value> =
  | {
      readonly kind: 'found';
      readonly value: Value;
      readonly pattern: string;
      readonly parameters: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'other methods'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

interface Node<Value> {
  readonly fixed: Map<string, Node<Value>>;
  variable?: Node<Value>;
  readonly entries: Map<
    string,
    { readonly value: Value; readonly pattern: string; readonly names: readonly string[] }
  >;
}

const emptyNode = <Value>(): Node<Value> => ({ fixed: new Map(), entries: new Map() });

/**
 * Finds what belongs to a method and path in one walk over the path's segments. Patterns are written as OpenAPI writes
 * them: `/dedicated/server/{serviceName}/boot/{bootId}`.
 */
export class PathIndex<Value> {
  readonly #root: Node<Value> = emptyNode();

  add(method: string, pattern: string, value: Value): void {
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
      const next = node.fixed.get(segment) ?? emptyNode<Value>();
      node.fixed.set(segment, next);
      node = next;
    }
    if (node.entries.has(method)) {
      throw new Error(`The route ${method} ${pattern} is declared twice; a router takes each once.`);
    }
    node.entries.set(method, { value, pattern, names });
  }

  /** Finds what answers `method` at `pathname` (still percent-encoded). */
  match(method: string, pathname: string): PathMatch<Value> {
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
    const entry = found.node.entries.get(method);
    if (entry === undefined) {
      return { kind: 'other methods', allowed: [...found.node.entries.keys()].sort() };
    }
    const parameters = Object.fromEntries(
      entry.names.map((name, index) => [name, found.values[index] as string]),
    );
    return { kind: 'found', value: entry.value, pattern: entry.pattern, parameters };
  }
}

export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** A fixed segment wins over a placeholder, with a way back when the rest of the path does not fit. */
function descend<Value>(
  node: Node<Value>,
  segments: readonly string[],
  values: readonly string[],
): { node: Node<Value>; values: readonly string[] } | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    return node.entries.size > 0 ? { node, values } : undefined;
  }
  const fixed = node.fixed.get(segment);
  return (
    (fixed && descend(fixed, rest, values)) ??
    (node.variable && descend(node.variable, rest, [...values, segment]))
  );
}
