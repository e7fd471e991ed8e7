import type { Clock } from '../clock';
import type { Faults } from '../faults';
import type { Random } from '../random';
import { Refusal } from '../refusal';
import type { Consoles } from './console-access';
import type { DedicatedServer } from './server';
import type { OperationFunction, Task, TaskPace } from './task';
import { Tasks } from './tasks';

/** A job of the BMC: a task with an id that is a UUID. */
export type Operation = Task<OperationFunction> & { readonly operationId: string };

/** What the end of an operation left for `ttl` minutes: the address of a console, or nothing for a test. */
export interface BmcSession {
  readonly url: string | undefined;
  readonly expiration: number;
}

/**
 * The newer interface to the module that `features/ipmi` is about. The provider's schema calls its routes "internal use
 * only" and tells their shapes; what they do is assumed to be as with the older interface.
 */
export class Bmc implements AsyncDisposable {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #consoles: Consoles;
  readonly #tasks: Tasks<OperationFunction>;
  readonly #ids = new Map<number, string>();
  readonly #sessions = new Map<string, BmcSession>();

  constructor(options: {
    clock: Clock;
    random: Random;
    faults: Faults;
    consoles: Consoles;
    pace: TaskPace;
    retention: number;
    secondTask: 'refused' | 'accepted';
    onChange: (operation: Task<OperationFunction>) => void;
  }) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#consoles = options.consoles;
    this.#tasks = new Tasks(options);
  }

  /** Starts an operation; `ttl`: minutes for which its result can be fetched after its end. */
  start(server: DedicatedServer, operation: OperationFunction, ttl = 5): Operation {
    const operationId = this.#random.uuid();
    const task = this.#tasks.start(server.name, operation, async () => {
      if (operation === 'bmc/revokeSessions' || operation === 'bmc/restart') {
        this.#endSessions(server);
      }
      const url =
        operation === 'bmc/webKvm' ? this.#consoles.open(server, { type: operation, ttl }) : undefined;
      this.#sessions.set(operationId, { url, expiration: this.#clock.now() + ttl * 60_000 });
    });
    this.#ids.set(task.taskId, operationId);
    return { ...task, operationId };
  }

  /** The operations on a server, oldest first. */
  list(server: DedicatedServer, filter: { function?: string; status?: string } = {}): Operation[] {
    return this.#tasks
      .list(server.name, filter)
      .map((task) => ({ ...task, operationId: this.#ids.get(task.taskId) as string }));
  }

  get(server: DedicatedServer, operationId: string): Operation {
    const found = this.list(server).find((operation) => operation.operationId === operationId);
    if (found === undefined) {
      throw new Refusal('not found', `The requested object (operationId = ${operationId}) does not exist`);
    }
    return found;
  }

  /** What an operation left; nothing before its end, and nothing once its time is over. */
  session(server: DedicatedServer, operation: OperationFunction, operationId: string): BmcSession {
    const found = this.get(server, operationId);
    const session = this.#sessions.get(operationId);
    if (found.function !== operation || session === undefined || this.#clock.now() >= session.expiration) {
      throw new Refusal('not found', `The operation ${operationId} has no result to show`);
    }
    return session;
  }

  #endSessions(server: DedicatedServer): void {
    for (const { operationId } of this.list(server)) {
      this.#sessions.delete(operationId);
    }
    server.consoleAccesses.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tasks[Symbol.asyncDispose]();
  }
}
