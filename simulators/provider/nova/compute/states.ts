/** States of an instance and the status that the API makes of them. Source: nova/compute/{vm,task,power}_state(s).py, nova/api/openstack/common.py. */

export type VmState = 'building' | 'active' | 'stopped' | 'paused' | 'rescued' | 'error' | 'deleted';

export type TaskState =
  | 'spawning'
  | 'rescuing'
  | 'unrescuing'
  | 'rebooting'
  | 'rebooting_hard'
  | 'powering-on'
  | 'powering-off'
  | 'deleting';

/** `OS-EXT-STS:power_state`: 0 no state, 1 running, 3 paused, 4 shut down. */
export type PowerState = 0 | 1 | 3 | 4;

export type ServerStatus =
  | 'BUILD'
  | 'ACTIVE'
  | 'SHUTOFF'
  | 'PAUSED'
  | 'RESCUE'
  | 'ERROR'
  | 'DELETED'
  | 'REBOOT'
  | 'HARD_REBOOT';

const STATUS_OF: Readonly<Record<VmState, ServerStatus>> = {
  building: 'BUILD',
  active: 'ACTIVE',
  stopped: 'SHUTOFF',
  paused: 'PAUSED',
  rescued: 'RESCUE',
  error: 'ERROR',
  deleted: 'DELETED',
};

/** A reboot changes the status of an active server only; entering and leaving rescue changes none. */
export function statusOf(vmState: VmState, taskState: TaskState | null): ServerStatus {
  if (vmState === 'active' && taskState === 'rebooting') {
    return 'REBOOT';
  }
  if (vmState === 'active' && taskState === 'rebooting_hard') {
    return 'HARD_REBOOT';
  }
  return STATUS_OF[vmState];
}

export function powerStateOf(power: 'on' | 'off' | 'paused'): PowerState {
  return power === 'on' ? 1 : power === 'paused' ? 3 : 4;
}
