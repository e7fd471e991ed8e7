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

/**
 * Replaces `%NAME%`. At the prompt and in `cmd /c` a variable that is not set stays as it was typed
 * (batch files would drop it).
 */
export function expandVariables(text: string, value: (name: string) => string | undefined): string {
  let result = '';
  let position = 0;
  for (;;) {
    const start = text.indexOf('%', position);
    const end = start < 0 ? -1 : text.indexOf('%', start + 1);
    if (end < 0) return result + text.slice(position);
    const found = end === start + 1 ? undefined : value(text.slice(start + 1, end));
    result += text.slice(position, start) + (found ?? text.slice(start, end));
    position = found === undefined ? end : end + 1;
  }
}
