import type { Clock } from '../../clock';
import { Events } from '../../events';
import type { Instance } from './instance';
import { refuse } from './refusal';

/** What the compute service tells its listeners. The instance is the live record: read it at once. */
export interface ComputeEvents {
  changed: Instance;
  deleted: Instance;
}

/** All instances of the provider, and the news about them. */
export class Instances {
  readonly events = new Events<ComputeEvents>();
  readonly #clock: Clock;
  readonly #byId = new Map<string, Instance>();
  readonly #deleted = new Map<string, Instance>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(instance: Instance): void {
    this.#byId.set(instance.id, instance);
    this.events.emit('changed', instance);
  }

  /** Takes over `changes`, stamps the update time and tells the listeners. */
  update(instance: Instance, changes: Partial<Instance>): void {
    Object.assign(instance, changes, { updated: this.#clock.now() });
    this.events.emit('changed', instance);
  }

  /** The instance is gone; lists of what changed still show it. */
  remove(instance: Instance): void {
    this.#byId.delete(instance.id);
    this.#deleted.set(instance.id, instance);
    this.events.emit('deleted', instance);
  }

  /** The instance with this id. Nova looks instances up by id only; names are the list's filter. */
  get(id: string): Instance {
    const instance = this.find(id);
    if (instance === undefined) {
      throw refuse.notFound(`Instance ${id} could not be found.`);
    }
    return instance;
  }

  /** The same without a refusal. `deleted`: also one that is gone. */
  find(id: string, { deleted = false }: { deleted?: boolean } = {}): Instance | undefined {
    return this.#byId.get(id) ?? (deleted ? this.#deleted.get(id) : undefined);
  }

  /** Newest first, as Nova sorts by default (`created_at`, then id). */
  list({ deleted = false }: { deleted?: boolean } = {}): Instance[] {
    return [...this.#byId.values(), ...(deleted ? this.#deleted.values() : [])].sort(
      (one, other) => other.created - one.created || (one.id < other.id ? 1 : -1),
    );
  }
}
