type Listener<Event> = (event: Event) => void;

/** An emitter whose event names and payloads are types: `EventMap` maps a name to its payload. */
export class Events<EventMap extends object> {
  readonly #listeners = new Map<keyof EventMap, Set<Listener<never>>>();

  /** Calls `listener` at each `name`, until the returned handle is disposed of. */
  on<Name extends keyof EventMap>(name: Name, listener: Listener<EventMap[Name]>): Disposable {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return {
      [Symbol.dispose]: () => {
        listeners.delete(listener);
      },
    };
  }

  emit<Name extends keyof EventMap>(name: Name, event: EventMap[Name]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])] as Listener<EventMap[Name]>[]) {
      listener(event);
    }
  }

  /**
   * Resolves with the next `name` event that satisfies `matches`. Listening starts with the call, so ask before
   * the act that causes the event. Rejects with the reason of `signal`.
   */
  waitFor<Name extends keyof EventMap>(
    name: Name,
    matches: (event: EventMap[Name]) => boolean = () => true,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<EventMap[Name]> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const abort = () => {
        listening[Symbol.dispose]();
        reject(signal?.reason);
      };
      const listening = this.on(name, (event) => {
        if (matches(event)) {
          listening[Symbol.dispose]();
          signal?.removeEventListener('abort', abort);
          resolve(event);
        }
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
}
