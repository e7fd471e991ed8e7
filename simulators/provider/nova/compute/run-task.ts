import type { Compute } from './compute';
import type { Instance } from './instance';
import { Refusal } from './refusal';
import { powerStateOf, type TaskState } from './states';

export interface Task {
  readonly taskState: TaskState;
  /** The hypervisor's part; what it throws ends up in the fault. */
  readonly work: () => Promise<void>;
  /** What the instance becomes when the work is done. */
  readonly done: () => Partial<Instance>;
  /** A failed start or stop leaves the vm_state alone; everything else puts the instance in ERROR. */
  readonly failureKeepsState?: boolean;
}

/**
 * Runs a task behind the API's back: the request is answered while `taskState` is set and the work goes on.
 * A task that was overtaken, by a deletion, changes nothing any more.
 */
export function runTask(compute: Compute, instance: Instance, task: Task): void {
  const { instances, clock } = compute;
  instances.update(instance, { taskState: task.taskState });
  const overtaken = () => instance.taskState !== task.taskState || instance.vmState === 'deleted';
  task.work().then(
    () => {
      if (!overtaken()) {
        const powerState = powerStateOf(instance.hypervisor.power);
        instances.update(instance, { taskState: null, powerState, fault: undefined, ...task.done() });
      }
    },
    (error: unknown) => {
      if (!overtaken()) {
        const fault = { ...describeFault(error), created: clock.now() };
        const state = task.failureKeepsState ? {} : { vmState: 'error' as const };
        instances.update(instance, { ...state, taskState: null, fault });
      }
    },
  );
}

/** Nova shows the message of its own exceptions only; of any other one just the class name (CVE-2019-14433). */
function describeFault(error: unknown): { code: number; message: string } {
  if (error instanceof Refusal) {
    return { code: error.status, message: error.message.slice(0, 255) };
  }
  return { code: 500, message: error instanceof Error ? error.name : 'Error' };
}
