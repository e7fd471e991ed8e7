/** Environment variables: names keep their case and are found in any. */
export class Environment {
  readonly #variables = new Map<string, { readonly name: string; readonly value: string }>();

  constructor(initial: Iterable<readonly [name: string, value: string]> = []) {
    for (const [name, value] of initial) this.set(name, value);
  }

  get(name: string): string | undefined {
    return this.#variables.get(name.toUpperCase())?.value;
  }

  /** An empty value removes the variable, as in cmd. */
  set(name: string, value: string): void {
    const key = name.toUpperCase();
    if (value === '') this.#variables.delete(key);
    else this.#variables.set(key, { name: this.#variables.get(key)?.name ?? name, value });
  }

  copy(): Environment {
    return new Environment(this.entries());
  }

  /** All variables, sorted by name. */
  entries(): readonly (readonly [name: string, value: string])[] {
    return [...this.#variables.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { name, value }]) => [name, value] as const);
  }
}
