import type { Instance } from './instance';
import { refuse } from './refusal';
import type { TaskState, VmState } from './states';

/** In which states an action is allowed. Left out: every state is. */
export interface Allowed {
  readonly vmStates?: readonly VmState[];
  readonly taskStates?: readonly (TaskState | null)[];
  /** The instance must have been active once. */
  readonly launched?: boolean;
}

/**
 * Refuses `action` on a locked instance, then by vm_state, task_state and launched_at, in the order of
 * nova/compute/api.py (`check_instance_lock` outside `check_instance_state`); texts of
 * nova/api/openstack/common.py. `ignoreLock`: an administrator's context, as the automatic unrescue has.
 */
export function checkState(
  instance: Instance,
  action: string,
  { vmStates, taskStates, launched = false }: Allowed,
  { ignoreLock = false }: { ignoreLock?: boolean } = {},
): void {
  if (instance.locked && !ignoreLock) {
    throw refuse.conflict(`Instance ${instance.id} is locked`);
  }
  if (vmStates !== undefined && !vmStates.includes(instance.vmState)) {
    throw inState(instance, action, 'vm_state', instance.vmState);
  }
  if (taskStates !== undefined && !taskStates.includes(instance.taskState)) {
    throw inState(instance, action, 'task_state', String(instance.taskState));
  }
  if (launched && instance.launchedAt === null) {
    throw refuse.conflict(`Instance ${instance.id} is in an invalid state for '${action}'`);
  }
}

function inState(instance: Instance, action: string, attribute: string, state: string) {
  return refuse.conflict(`Cannot '${action}' instance ${instance.id} while it is in ${attribute} ${state}`);
}
