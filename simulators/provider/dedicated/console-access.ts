import type { Clock } from '../clock';
import type { Random } from '../random';
import type { DedicatedServer } from './server';
import { type Task, TaskFailure, type TaskFunction } from './task';
import type { Tasks } from './tasks';

/** What the KVM console of a server is reached by, for the page that shows it. */
export interface ConsoleFacts {
  readonly server: string;
  /** `host:port` of the console (RFB). */
  readonly console: string;
  /** Opens this one access. */
  readonly token: string;
}

/** Makes the URL of a console page. */
export type ConsoleUrl = (facts: ConsoleFacts) => string;

/** Without a page of our own: the RFB server itself, for any VNC client. */
const vncUrl: ConsoleUrl = ({ console }) => `vnc://${console}`;

/** What a customer asks for: a type of access, for some minutes. */
export interface AccessRequest {
  readonly type: string;
  readonly ttl: number;
}

/** The accesses to the consoles of servers. */
export class Consoles {
  readonly #clock: Clock;
  readonly #tokens: Random;
  readonly #tasks: Tasks;
  readonly #url: ConsoleUrl;

  constructor({
    clock,
    tokens,
    tasks,
    url = vncUrl,
  }: {
    clock: Clock;
    tokens: Random;
    tasks: Tasks;
    url?: ConsoleUrl;
  }) {
    this.#clock = clock;
    this.#tokens = tokens;
    this.#tasks = tasks;
    this.#url = url;
  }

  /** Opens an access to the console: a task, after which `server.consoleAccesses` has it for `ttl` minutes. */
  request(server: DedicatedServer, access: AccessRequest): Task {
    return this.#tasks.start(server.name, 'requestAccessIPMI', async () => {
      this.open(server, access);
    });
  }

  /** The other jobs of the IPMI module succeed at once where the server has one. */
  maintain(server: DedicatedServer, taskFunction: Exclude<TaskFunction, 'hardReboot'>): Task {
    return this.#tasks.start(server.name, taskFunction, async () => {
      if (taskFunction === 'resetIPMISession') {
        server.consoleAccesses.clear();
      }
    });
  }

  /** Opens an access at once. A server without a machine has no console to show. */
  open(server: DedicatedServer, { type, ttl }: AccessRequest): string {
    const { console } = server.hardware;
    if (console === undefined) {
      throw new TaskFailure('ovhError', `The IPMI module of ${server.name} does not answer`);
    }
    const value = this.#url({ server: server.name, console, token: this.#tokens.uuid() });
    server.consoleAccesses.set(type, { value, expiration: this.#clock.now() + ttl * 60_000 });
    return value;
  }
}
