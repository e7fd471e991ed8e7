import { SilentAgentError } from '../../hypervisor';
import type { Actor } from './actor';
import { checkState } from './check-state';
import type { Compute } from './compute';
import type { Instance } from './instance';
import { encryptFor } from './key-pairs';
import { type Refusal, refuse } from './refusal';
import { runTask } from './run-task';

/**
 * Sets the administrator's password through the agent in the guest. The caller waits for it, as Nova's API does; where
 * the image promises no agent, and where the agent fails, the answer is a conflict, where it is silent "not implemented"
 * (nova/compute/manager.py `set_admin_password`, nova/virt/libvirt/driver.py).
 */
export async function changePassword(
  compute: Compute,
  instance: Instance,
  actor: Actor,
  password: string,
): Promise<void> {
  checkState(instance, 'changePassword', actor);
  let refusal: Refusal | undefined;
  await runTask(compute, instance, actor, {
    action: 'changePassword',
    event: 'compute_set_admin_password',
    taskState: 'updating_password',
    work: async () => {
      const { setPassword } = instance.hypervisor;
      if (setPassword === undefined) {
        refusal = refuse.conflict('QEMU guest agent is not enabled');
        throw refusal;
      }
      try {
        await setPassword(password);
      } catch (error) {
        if (error instanceof SilentAgentError) {
          refusal = refuse.notImplemented('Unable to set password on instance');
        }
        throw error;
      }
    },
    done: () => keptPassword(compute, instance, password),
    failure: () => {
      refusal ??= refuse.conflict(
        `Failed to set admin password on ${instance.id} because error setting admin password`,
      );
      return refusal;
    },
    failureKeepsState: () => true,
  });
  if (refusal) {
    throw refusal;
  }
}

/** libvirt's driver keeps the password for whoever has the server's key; `os-server-password` shows it. */
function keptPassword(
  { virtDriver }: Compute,
  { keyPair }: Instance,
  password: string,
): Partial<Pick<Instance, 'encryptedPassword'>> {
  const encrypted =
    keyPair === undefined || virtDriver !== 'libvirt' ? undefined : encryptFor(keyPair, password);
  return encrypted === undefined ? {} : { encryptedPassword: encrypted };
}
