import { checkState } from './check-state';
import type { Compute } from './compute';
import type { Instance } from './instance';
import { runTask } from './run-task';

export function start(compute: Compute, instance: Instance): void {
  checkState(instance, 'start', { vmStates: ['stopped'], taskStates: [null], launched: true });
  runTask(compute, instance, {
    taskState: 'powering-on',
    work: () => instance.hypervisor.start(),
    done: () => ({ vmState: 'active' }),
    failureKeepsState: true,
  });
}

export function stop(compute: Compute, instance: Instance): void {
  checkState(instance, 'stop', { vmStates: ['active', 'error'], taskStates: [null], launched: true });
  runTask(compute, instance, {
    taskState: 'powering-off',
    work: () => instance.hypervisor.stop(),
    done: () => ({ vmState: 'stopped' }),
    failureKeepsState: true,
  });
}

/** A soft reboot needs an active server; a hard one also brings back a stopped, paused or broken one, and may follow a running reboot. */
export function reboot(compute: Compute, instance: Instance, kind: 'soft' | 'hard'): void {
  checkState(
    instance,
    'reboot',
    kind === 'soft'
      ? { vmStates: ['active'], taskStates: [null], launched: true }
      : {
          vmStates: ['active', 'stopped', 'paused', 'error'],
          taskStates: [null, 'rebooting', 'rebooting_hard'],
          launched: true,
        },
  );
  runTask(compute, instance, {
    taskState: kind === 'soft' ? 'rebooting' : 'rebooting_hard',
    work: () => instance.hypervisor.reboot(kind),
    done: () => ({ vmState: 'active' }),
  });
}
