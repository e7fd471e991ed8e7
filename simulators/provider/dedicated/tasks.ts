import type { Clock } from '../clock';
import type { Faults } from '../faults';
import type { Random } from '../random';
import { Refusal } from '../refusal';
import {
  type BadEnd,
  PENDING,
  type Task,
  TaskFailure,
  type TaskFunction,
  type TaskPace,
  type TaskStatus,
} from './task';

/** Milliseconds of lab time; ours. */
export const DEFAULT_TASK_PACE: TaskPace = { todo: 100, init: 100 };

/** Tasks are purged some time after their end; how long after is not published. */
export const DEFAULT_TASK_RETENTION = 30 * 24 * 3_600_000;

/** The comment of a reboot was seen by a client (terraform); those of the others are not known. */
const COMMENTS: Readonly<Record<string, string>> = { hardReboot: 'Reboot asked' };

const FAULTS: ReadonlyMap<string, BadEnd> = new Map([
  ['task-cancelled', 'cancelled'],
  ['task-customerError', 'customerError'],
  ['task-ovhError', 'ovhError'],
]);

/** The provider's jobs: each lives todo -> init -> doing -> done, or ends cancelled or as an error. */
export class Tasks<Job extends string = TaskFunction> implements AsyncDisposable {
  readonly #clock: Clock;
  readonly #pace: TaskPace;
  readonly #onChange: (task: Task<Job>) => void;
  readonly #tasks = new Map<number, Task<Job>>();
  readonly #running = new Map<number, Promise<void>>();
  readonly #cancellations = new Map<number, AbortController>();
  readonly #faults: Faults;
  readonly #retention: number;
  readonly #secondTask: 'refused' | 'accepted';
  #nextId: number;

  constructor(options: {
    clock: Clock;
    random: Random;
    faults: Faults;
    pace: TaskPace;
    /** Milliseconds of lab time from a task's end until nobody knows it any more. */
    retention: number;
    /** What a second task of a server and function is answered while the first runs. */
    secondTask: 'refused' | 'accepted';
    onChange: (task: Task<Job>) => void;
  }) {
    this.#clock = options.clock;
    this.#faults = options.faults;
    this.#retention = options.retention;
    this.#secondTask = options.secondTask;
    this.#pace = options.pace;
    this.#onChange = options.onChange;
    this.#nextId = 100_000_000 + options.random.integer(100_000_000);
  }

  /**
   * Starts a task and returns it in state todo. One task per server and function at a time, unless a second one is
   * accepted: what the API answers to a second reboot is not published, it documents this refusal for /reinstall.
   */
  start(server: string, taskFunction: Job, work: (signal: AbortSignal) => Promise<void>): Task<Job> {
    const running = this.list(server, { function: taskFunction }).find((task) =>
      PENDING.includes(task.status),
    );
    if (running !== undefined && this.#secondTask === 'refused') {
      throw new Refusal(
        'task already exists',
        `Task ${running.taskId} of type ${taskFunction} with status ${running.status} is already running on server ${server}`,
      );
    }
    const now = this.#clock.now();
    const task: Task<Job> = {
      taskId: this.#nextId++,
      server,
      function: taskFunction,
      startDate: now,
      status: 'todo',
      lastUpdate: now,
      doneDate: null,
      comment: COMMENTS[taskFunction] ?? null,
    };
    this.#tasks.set(task.taskId, task);
    this.#onChange(task);
    const cancellation = new AbortController();
    this.#cancellations.set(task.taskId, cancellation);
    this.#running.set(task.taskId, this.#live(task, work, cancellation.signal));
    return task;
  }

  async #live(
    task: Task<Job>,
    work: (signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await this.#clock.waitUntil(task.startDate + this.#pace.todo, { signal });
      this.#change(task, 'init');
      await this.#clock.waitUntil(task.lastUpdate + this.#pace.init, { signal });
      this.#change(task, 'doing');
      this.#fail(task);
      await work(signal);
      this.#change(task, 'done');
    } catch (error) {
      if (signal.aborted) {
        this.#change(task, 'cancelled');
        return;
      }
      task.comment = error instanceof Error ? error.message : String(error);
      this.#change(task, error instanceof TaskFailure ? error.status : 'ovhError');
    } finally {
      this.#running.delete(task.taskId);
      this.#cancellations.delete(task.taskId);
    }
  }

  #fail({ server, function: taskFunction }: Task<Job>): void {
    const fault = this.#faults.strike((kind) => FAULTS.has(kind), { server, function: taskFunction });
    const status = fault && FAULTS.get(fault.kind);
    if (status !== undefined) {
      throw new TaskFailure(status, `The task ended as ${status}, as this lab was asked to let it`);
    }
  }

  #isPurged({ doneDate, server }: Task<Job>): boolean {
    if (doneDate === null) {
      return false;
    }
    const purging = this.#faults.happens('tasks-purged', { server }) !== undefined;
    return purging || this.#clock.now() >= doneDate + this.#retention;
  }

  #change(task: Task<Job>, status: TaskStatus): void {
    task.status = status;
    task.lastUpdate = this.#clock.now();
    if (!PENDING.includes(status)) {
      task.doneDate = task.lastUpdate;
    }
    this.#onChange(task);
  }

  /** The tasks of a server, oldest first. */
  list(server: string, filter: { function?: string; status?: string } = {}): Task<Job>[] {
    return [...this.#tasks.values()].filter(
      (task) =>
        task.server === server &&
        !this.#isPurged(task) &&
        (filter.function === undefined || task.function === filter.function) &&
        (filter.status === undefined || task.status === filter.status),
    );
  }

  get(server: string, taskId: number): Task<Job> {
    const task = this.#tasks.get(taskId);
    if (task === undefined || task.server !== server || this.#isPurged(task)) {
      throw new Refusal('not found', `The requested object (taskId = ${taskId}) does not exist`);
    }
    return task;
  }

  /** Stops a task that has not begun its work; later it is refused (which states allow it is our choice). */
  async cancel(server: string, taskId: number): Promise<void> {
    const task = this.get(server, taskId);
    if (task.status !== 'todo' && task.status !== 'init') {
      throw new Refusal(
        'bad request',
        `Task ${taskId} has the status ${task.status} and can no longer be cancelled`,
      );
    }
    this.#cancellations.get(taskId)?.abort();
    await this.#running.get(taskId);
  }

  /** Ends what is running, as cancelled. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const cancellation of this.#cancellations.values()) {
      cancellation.abort();
    }
    await Promise.all(this.#running.values());
  }
}
