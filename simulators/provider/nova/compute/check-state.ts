import type { Actor } from './actor';
import type { Instance } from './instance';
import { refuse } from './refusal';
import { RULES, type RuleName } from './rules';

/**
 * Refuses what an instance cannot do as it is: locked, then by vm_state, task_state and launched_at, in the order of
 * nova/compute/api.py (`check_instance_lock` outside `check_instance_state`); texts of nova/api/openstack/common.py. An
 * administrator, as the automatic unrescue is, goes past a lock.
 */
export function checkState(instance: Instance, name: RuleName, { isAdmin }: Pick<Actor, 'isAdmin'>): void {
  const { called, lock, vmStates, taskStates, launched, host } = RULES[name];
  const { id } = instance;
  if (instance.lockedBy !== null && lock !== 'ignored' && !isAdmin) {
    throw refuse.conflict(
      lock === 'told as a state'
        ? `Instance ${id} is in an invalid state for '${called}'`
        : `Instance ${id} is locked`,
    );
  }
  if (host && instance.host === null) {
    throw refuse.conflict(`Instance ${id} is not ready`);
  }
  const refused = (attribute: string, state: string) =>
    refuse.conflict(`Cannot '${called}' instance ${id} while it is in ${attribute} ${state}`);
  if (vmStates !== undefined && !vmStates.includes(instance.vmState)) {
    throw refused('vm_state', instance.vmState);
  }
  if (taskStates !== undefined && !taskStates.includes(instance.taskState)) {
    throw refused('task_state', String(instance.taskState));
  }
  if (launched && instance.launchedAt === null) {
    throw refuse.conflict(`Instance ${id} is in an invalid state for '${called}'`);
  }
}
