import { defaultGroupId } from '../network/views';
import type { Actor } from './actor';
import { checkState } from './check-state';
import type { Compute } from './compute';
import type { Instance } from './instance';
import { refuse } from './refusal';

/** The name of the one security group that each project has. */
export const DEFAULT_GROUP = 'default';

/** Whether a request means that group, by its name or its id. */
export function isDefaultGroup(group: string, projectId: string): boolean {
  return group === DEFAULT_GROUP || group === defaultGroupId(projectId);
}

/** Puts a server's ports into a group, or takes them out (nova/network/security_group_api.py). */
export function changeGroups(
  { instances }: Compute,
  instance: Instance,
  actor: Actor,
  { group, change }: { readonly group: string; readonly change: 'add' | 'remove' },
): void {
  checkState(instance, 'securityGroup', actor);
  const { id, projectId, securityGroups } = instance;
  if (!isDefaultGroup(group, projectId)) {
    throw refuse.notFound(`Security group ${group} is not found for project ${projectId}`);
  }
  if (Object.keys(instance.addresses).length === 0) {
    throw refuse.notFound(`instance_id ${id} could not be found as device id on any ports`);
  }
  if (change === 'remove' && securityGroups.length === 0) {
    throw refuse.notFound(`Security group ${group} not associated with the instance ${id}`);
  }
  instances.update(instance, { securityGroups: change === 'add' ? [DEFAULT_GROUP] : [] });
}
