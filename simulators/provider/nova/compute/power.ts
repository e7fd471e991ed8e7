import type { Actor } from './actor';
import { checkState } from './check-state';
import type { Compute } from './compute';
import type { Instance } from './instance';
import { runTask, type Task } from './run-task';
import { shutdownPatience } from './shutdown-patience';

/** libvirt's `wait_soft_reboot_seconds`: a guest that is still there after that is rebooted hard. */
const SOFT_REBOOT_PATIENCE = 120;

const keepsState = () => true;

/** What switches an instance on and off, stops it for a while and lets it go on. */
const POWER: Readonly<
  Record<
    'start' | 'stop' | 'pause' | 'unpause' | 'suspend' | 'resume',
    Omit<Task, 'work' | 'action' | 'done'> & {
      readonly becomes: Instance['vmState'];
      readonly work: (instance: Instance) => Promise<void>;
    }
  >
> = {
  start: {
    event: 'compute_start_instance',
    taskState: 'powering-on',
    work: ({ hypervisor }) => hypervisor.start(),
    becomes: 'active',
  },
  stop: {
    event: 'compute_stop_instance',
    taskState: 'powering-off',
    work: (instance) => instance.hypervisor.stop(shutdownPatience(instance)),
    becomes: 'stopped',
  },
  pause: {
    event: 'compute_pause_instance',
    taskState: 'pausing',
    work: ({ hypervisor }) => hypervisor.pause(),
    becomes: 'paused',
  },
  unpause: {
    event: 'compute_unpause_instance',
    taskState: 'unpausing',
    work: ({ hypervisor }) => hypervisor.unpause(),
    becomes: 'active',
  },
  suspend: {
    event: 'compute_suspend_instance',
    taskState: 'suspending',
    work: ({ hypervisor }) => hypervisor.suspend(),
    becomes: 'suspended',
  },
  resume: {
    event: 'compute_resume_instance',
    taskState: 'resuming',
    work: ({ hypervisor }) => hypervisor.resume(),
    becomes: 'active',
  },
};

/** Starts, stops, pauses, unpauses, suspends or resumes an instance. A failure leaves its vm_state alone. */
export function changePower(
  compute: Compute,
  instance: Instance,
  actor: Actor,
  action: keyof typeof POWER,
): void {
  checkState(instance, action, actor);
  const { work, becomes, ...task } = POWER[action];
  void runTask(compute, instance, actor, {
    ...task,
    action,
    work: () => work(instance),
    done: () => ({ vmState: becomes }),
    failureKeepsState: keepsState,
  });
}

/** A soft reboot needs an active server; a hard one also brings back a stopped, paused or broken one, and may follow a running reboot. */
export function reboot(compute: Compute, instance: Instance, actor: Actor, kind: 'soft' | 'hard'): void {
  checkState(instance, kind === 'soft' ? 'softReboot' : 'hardReboot', actor);
  void runTask(compute, instance, actor, {
    action: 'reboot',
    event: 'compute_reboot_instance',
    taskState: kind === 'soft' ? 'rebooting' : 'rebooting_hard',
    work: () => instance.hypervisor.reboot(kind === 'soft' ? SOFT_REBOOT_PATIENCE : 0),
    done: () => ({ vmState: 'active' }),
    // A machine that runs in spite of a failed reboot is not broken.
    failureKeepsState: () => instance.hypervisor.power === 'on',
  });
}
