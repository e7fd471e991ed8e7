import type { Actor } from './actor';
import { checkState } from './check-state';
import type { Compute } from './compute';
import type { Instance } from './instance';
import { refuse } from './refusal';
import { runTask } from './run-task';

/**
 * Sets the administrator's password through the agent in the guest. The caller waits for it, as Nova's API does; where
 * no agent runs, and where the agent fails, the answer is a conflict (nova/compute/manager.py `set_admin_password`).
 */
export async function changePassword(
  compute: Compute,
  instance: Instance,
  actor: Actor,
  password: string,
): Promise<void> {
  checkState(instance, 'changePassword', actor);
  let refusal: Error | undefined;
  await runTask(compute, instance, actor, {
    action: 'changePassword',
    event: 'compute_set_admin_password',
    taskState: 'updating_password',
    work: async () => {
      if (instance.hypervisor.setPassword === undefined) {
        throw new Error('no agent');
      }
      await instance.hypervisor.setPassword(password);
    },
    done: () => ({}),
    failure: () => {
      refusal = refuse.conflict(
        instance.hypervisor.setPassword === undefined
          ? 'QEMU guest agent is not enabled'
          : `Failed to set admin password on ${instance.id} because error setting admin password`,
      );
      return refuse.conflict(refusal.message);
    },
    failureKeepsState: () => true,
  });
  if (refusal) {
    throw refusal;
  }
}
