import type { Instance } from './instance';
import type { Instances } from './instances';
import { powerStateOf } from './states';

/**
 * A guest has switched its machine off by itself. An active server is stopped then; one in rescue stays there, and only
 * its power state tells. While a task runs, the task is what counts. Source: nova/compute/manager.py
 * `_sync_instance_power_state`.
 */
export function noticeSwitchedOff(instances: Instances, instance: Instance): void {
  if (instance.taskState !== null) return;
  instances.update(instance, {
    powerState: powerStateOf('off'),
    ...(instance.vmState === 'active' && { vmState: 'stopped' }),
  });
}
