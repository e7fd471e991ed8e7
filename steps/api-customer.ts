import assert from 'node:assert/strict';
import {
  LabClock,
  OvhApiError,
  type OvhClient,
  type OvhProvider,
  ovhClient,
  type ServerDescription,
  type UnknownCall,
} from '../simulators/provider';
import { ProviderLab, type ProviderLabOptions } from '../simulators/provider-lab';

/** The moment at which the scenarios of the API begin. */
const START = new Date('2026-03-01T12:00:00Z');
/** For what happens at once, on a busy host (ms). */
const soon = 10_000;
/** Longer than a task waits before its work begins, in lab time (ms). */
const taskPace = 1000;

const SERVER: ServerDescription = {
  name: 'ns1111111.ip-203-0-113.eu',
  ip: '203.0.113.100',
  mac: '52:54:00:cb:00:71',
  os: 'win2022-std_64',
  memory: 32,
};

/** An answer of the API as a program sees it. */
export interface Answer {
  readonly status: number;
  /** The parsed JSON, or undefined for an empty answer. */
  readonly body: unknown;
  readonly headers?: Headers;
}

/**
 * Nadia, whose program works with the ovh provider's API, in a lab without machines whose clock stands still. The lab
 * starts with the first call: what a `Given` says before that goes into its options.
 */
export class ApiCustomer implements AsyncDisposable {
  options: { -readonly [Option in keyof ProviderLabOptions]: ProviderLabOptions[Option] } = {};
  server: ServerDescription = SERVER;
  readonly clock = new LabClock({ startAt: START, frozen: true });
  #lab: ProviderLab | undefined;
  #intercepted: Disposable | undefined;
  #answer: Answer | undefined;
  /** The consumer key of her program; that of all calls when left out. */
  consumerKey: string | undefined;
  taskId = 0;
  /** Her last operation of the BMC. */
  operationId = '';

  constructor(private readonly onStart: (provider: OvhProvider) => void) {}

  get started(): boolean {
    return this.#lab !== undefined;
  }

  async lab(): Promise<ProviderLab> {
    if (this.#lab === undefined) {
      this.#lab = await ProviderLab.start({
        families: ['ovh'],
        panel: false,
        seed: 'scenario',
        clock: this.clock,
        servers: [this.server],
        ...this.options,
      });
      this.#intercepted = this.#lab.intercept();
      if (this.#lab.ovh !== undefined) {
        this.onStart(this.#lab.ovh);
      }
    }
    return this.#lab;
  }

  /** Requests that nothing in the simulator answers, since the last look. */
  takeUnknownCalls(): readonly UnknownCall[] {
    return this.#lab?.takeUnknownCalls() ?? [];
  }

  get provider(): OvhProvider {
    assert.ok(this.#lab?.ovh, 'The lab of this scenario has not started yet.');
    return this.#lab.ovh;
  }

  async start(): Promise<OvhProvider> {
    await this.lab();
    return this.provider;
  }

  /** What the last call was answered. */
  get answer(): Answer {
    assert.ok(this.#answer, 'No call has been answered in this scenario yet.');
    return this.#answer;
  }

  set answer(answer: Answer) {
    this.#answer = answer;
  }

  /** Her program: the `ovh` client of npm, at the provider's public address. */
  async program(): Promise<OvhClient> {
    const { applicationKey, applicationSecret, consumerKey, core } = await this.start();
    return ovhClient({
      appKey: applicationKey,
      appSecret: applicationSecret,
      consumerKey: this.consumerKey ?? consumerKey,
      region: core.region,
    });
  }

  /** Calls the API and keeps the answer; an error answer is one too. `{server}`, `{task}` and `{operation}` stand for hers. */
  async call(method: string, path: string, body?: object): Promise<unknown> {
    const program = await this.program();
    const verb = method.toLowerCase() as 'get' | 'post' | 'put';
    try {
      const answered = await program[verb](this.filledIn(path), body);
      this.answer = { status: 200, body: answered ?? undefined };
      return answered;
    } catch (error) {
      if (!(error instanceof OvhApiError)) {
        throw error;
      }
      this.answer = { status: error.status, body: { message: error.reason } };
      return undefined;
    }
  }

  filledIn(text: string): string {
    return text
      .replaceAll('{server}', this.server.name)
      .replaceAll('{task}', String(this.taskId))
      .replaceAll('{operation}', this.operationId);
  }

  /** The id of the netboot with this kernel, found as a customer has to find it. */
  async netboot(kernel: string): Promise<number> {
    const program = await this.program();
    const path = `/dedicated/server/${this.server.name}/boot`;
    const ids = (await program.get(path)) as number[];
    const boots = await Promise.all(
      ids.map(async (id) => (await program.get(`${path}/${id}`)) as { bootId: number; kernel: string }),
    );
    const boot = boots.find((one) => one.kernel === kernel);
    assert.ok(
      boot,
      `No netboot has the kernel ${kernel}; there are: ${boots.map((one) => one.kernel).join(', ')}`,
    );
    return boot.bootId;
  }

  async choose(kernel: string): Promise<void> {
    await this.call('PUT', '/dedicated/server/{server}', { bootId: await this.netboot(kernel) });
  }

  /** Asks for a hard reboot; the task has begun and is not waited for. */
  async askForReboot(): Promise<void> {
    const task = (await this.call('POST', '/dedicated/server/{server}/reboot')) as
      | { taskId: number }
      | undefined;
    this.taskId = task?.taskId ?? this.taskId;
  }

  /** Asks for a hard reboot and lets its task come to its end. */
  async reboot(): Promise<void> {
    await this.task('POST', '/dedicated/server/{server}/reboot');
  }

  /** Makes a call that starts a task, and lets the task come to its end. */
  async task(method: string, path: string, body?: object): Promise<void> {
    await this.start();
    const ended = this.provider.events.waitFor('task-changed', ({ status }) => !isPending(status), {
      signal: AbortSignal.timeout(soon),
    });
    const task = (await this.call(method, path, body)) as
      | { taskId?: number; operationId?: string }
      | undefined;
    assert.ok(task, `No task was started: ${JSON.stringify(this.answer)}`);
    this.taskId = task.taskId ?? this.taskId;
    this.operationId = task.operationId ?? this.operationId;
    await this.clock.advance(taskPace);
    await ended;
  }

  /** Lets the task that was asked for begin its work, as far as it gets without more time. */
  async beginTask(): Promise<void> {
    const doing = this.provider.events.waitFor('task-changed', ({ status }) => status === 'doing', {
      signal: AbortSignal.timeout(soon),
    });
    await this.clock.advance(taskPace);
    await doing;
  }

  /** The mail number `count` at this address, as soon as it is there. */
  async mail(address: string, count = 1) {
    const { inbox } = this.provider;
    assert.ok(inbox, 'This lab has no mailbox of its own.');
    let seen = 0;
    return inbox.waitFor(({ recipients }) => recipients.includes(address) && ++seen === count, {
      signal: AbortSignal.timeout(soon),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#intercepted?.[Symbol.dispose]();
    await this.#lab?.[Symbol.asyncDispose]();
    this.clock[Symbol.dispose]();
  }
}

export function isPending(status: string): boolean {
  return ['todo', 'init', 'doing'].includes(status);
}
