import type { Actor } from './actor';
import { checkState } from './check-state';
import type { Compute } from './compute';
import type { Instance } from './instance';
import { refuse } from './refusal';

/** Each project has one security group. Its name, or its id, is how servers and requests call it. */
export const DEFAULT_GROUP = 'default';

/** Puts a server's ports into a group, or takes them out (nova/network/security_group_api.py). */
export function changeGroups(
  { instances }: Compute,
  instance: Instance,
  actor: Actor,
  { group, change }: { readonly group: string; readonly change: 'add' | 'remove' },
): void {
  checkState(instance, 'securityGroup', actor);
  const { id, projectId, securityGroups } = instance;
  if (group !== DEFAULT_GROUP) {
    throw refuse.notFound(`Security group ${group} is not found for project ${projectId}`);
  }
  if (Object.keys(instance.addresses).length === 0) {
    throw refuse.notFound(`instance_id ${id} could not be found as device id on any ports`);
  }
  const others = securityGroups.filter((one) => one !== group);
  if (change === 'remove' && others.length === securityGroups.length) {
    throw refuse.notFound(`Security group ${group} not associated with the instance ${id}`);
  }
  instances.update(instance, { securityGroups: change === 'add' ? [...others, group] : others });
}
