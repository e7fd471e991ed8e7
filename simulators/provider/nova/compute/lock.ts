import type { Actor } from './actor';
import type { Compute } from './compute';
import type { Instance } from './instance';
import { beginAction } from './instance-actions';

/** Locks an instance. Its owner cannot lock it again, and so not change an administrator's lock or the reason. */
export function lock(compute: Compute, instance: Instance, actor: Actor, reason: string | null): void {
  const isOwner = actor.projectId === instance.projectId && !actor.isAdmin;
  if (instance.lockedBy !== null && isOwner) {
    return;
  }
  record(compute, instance, actor, 'lock');
  const lockedBy = isOwner ? 'owner' : 'admin';
  compute.instances.update(instance, { lockedBy, lockedReason: reason ?? instance.lockedReason });
}

/** Whether the actor may unlock the instance: an administrator's lock is an administrator's to open. */
export function mayUnlock(instance: Instance, actor: Actor): boolean {
  return instance.lockedBy !== 'admin' || actor.isAdmin;
}

export function unlock(compute: Compute, instance: Instance, actor: Actor): void {
  record(compute, instance, actor, 'unlock');
  compute.instances.update(instance, { lockedBy: null, lockedReason: null });
}

function record({ clock }: Compute, instance: Instance, actor: Actor, action: string): void {
  instance.actions.unshift(beginAction(action, actor, clock.now()));
}
