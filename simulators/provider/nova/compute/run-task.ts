import type { Actor } from './actor';
import type { Compute } from './compute';
import type { Instance } from './instance';
import { beginAction, endAction } from './instance-actions';
import { Refusal } from './refusal';
import { powerStateOf, type TaskState } from './states';

export interface Task {
  /** As `os-instance-actions` calls it. */
  readonly action: string;
  /** The name of its event on the compute host. */
  readonly event: string;
  readonly taskState: TaskState;
  /** The hypervisor's part; what it throws ends up in the fault. `step`: the task goes on under another task_state. */
  readonly work: (step: (taskState: TaskState) => void) => Promise<void>;
  /** What the instance becomes when the work is done. */
  readonly done: () => Partial<Instance>;
  /** What a failure of the work is told as, by its reason, unless it is a refusal; left out: only its kind is told. */
  readonly failure?: (reason: string) => Refusal;
  /** Whether a failure leaves the vm_state alone; otherwise the instance is in ERROR. */
  readonly failureKeepsState?: () => boolean;
}

/**
 * Runs a task behind the API's back: the request is answered while its task_state is set and the work goes on.
 * A task that was overtaken, by a deletion, changes nothing any more. Resolves at its end, whatever that was.
 */
export async function runTask(compute: Compute, instance: Instance, actor: Actor, task: Task): Promise<void> {
  const { instances, clock } = compute;
  let current = task.taskState;
  const overtaken = () => instance.taskState !== current || instance.vmState === 'deleted';
  const step = (next: TaskState) => {
    if (!overtaken()) {
      current = next;
      instances.update(instance, { taskState: next });
    }
  };
  const action = beginAction(task.action, actor, clock.now(), task.event);
  instance.actions.unshift(action);
  instances.update(instance, { taskState: current });
  try {
    await work(compute, instance, task, step);
    endAction(action, clock.now(), 'Success');
    if (!overtaken()) {
      const powerState = powerStateOf(instance.hypervisor.power);
      instances.update(instance, { taskState: null, powerState, fault: undefined, ...task.done() });
    }
  } catch (error) {
    endAction(action, clock.now(), 'Error');
    if (!overtaken()) {
      const fault = { ...describeFault(error), created: clock.now() };
      const state = task.failureKeepsState?.() ? {} : { vmState: 'error' as const };
      instances.update(instance, { ...state, taskState: null, fault });
    }
  }
}

async function work(
  { faults }: Compute,
  { name }: Instance,
  task: Task,
  step: (taskState: TaskState) => void,
): Promise<void> {
  try {
    if (faults.happens('driver-error', { function: task.action, server: name })) {
      throw new Error('the hypervisor was told to fail');
    }
    await task.work(step);
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw task.failure?.(cause instanceof Error ? cause.message : String(cause)) ?? cause;
  }
}

/** Nova shows the message of its own exceptions only; of any other one just the class name (CVE-2019-14433). */
function describeFault(error: unknown): { code: number; message: string } {
  if (error instanceof Refusal) {
    return { code: error.status, message: error.message.slice(0, 255) };
  }
  return { code: 500, message: error instanceof Error ? error.name : 'Error' };
}
