/** States of an instance and the status that the API makes of them. Source: nova/compute/{vm,task}_states.py, nova/api/openstack/common.py `_STATE_MAP`. */

export type VmState =
  | 'building'
  | 'active'
  | 'stopped'
  | 'paused'
  | 'suspended'
  | 'rescued'
  | 'error'
  | 'deleted';

export type TaskState =
  | 'scheduling'
  | 'spawning'
  | 'rescuing'
  | 'unrescuing'
  | 'rebooting'
  | 'rebooting_hard'
  | 'powering-on'
  | 'powering-off'
  | 'pausing'
  | 'unpausing'
  | 'suspending'
  | 'resuming'
  | 'rebuilding'
  | 'rebuild_block_device_mapping'
  | 'rebuild_spawning'
  | 'image_snapshot_pending'
  | 'image_snapshot'
  | 'image_pending_upload'
  | 'image_uploading'
  | 'updating_password'
  | 'deleting';

/** `OS-EXT-STS:power_state`: 0 no state, 1 running, 3 paused, 4 shut down. */
export type PowerState = 0 | 1 | 3 | 4;

const REBUILD: Readonly<Partial<Record<TaskState, string>>> = {
  rebuilding: 'REBUILD',
  rebuild_block_device_mapping: 'REBUILD',
  rebuild_spawning: 'REBUILD',
};

interface StatusOf {
  readonly default: string;
  /** Tasks that change the status. Entering and leaving rescue is none of them. */
  readonly inTask?: Readonly<Partial<Record<TaskState, string>>>;
}

const STATUSES: Readonly<Record<VmState, StatusOf>> = {
  building: { default: 'BUILD' },
  active: {
    default: 'ACTIVE',
    inTask: {
      rebooting: 'REBOOT',
      rebooting_hard: 'HARD_REBOOT',
      updating_password: 'PASSWORD',
      ...REBUILD,
    },
  },
  stopped: { default: 'SHUTOFF', inTask: REBUILD },
  paused: { default: 'PAUSED' },
  suspended: { default: 'SUSPENDED' },
  rescued: { default: 'RESCUE' },
  error: { default: 'ERROR', inTask: REBUILD },
  deleted: { default: 'DELETED' },
};

/** Statuses of states that no server of this cloud comes to. */
const NEVER_REACHED = [
  'MIGRATING',
  'RESIZE',
  'VERIFY_RESIZE',
  'REVERT_RESIZE',
  'SOFT_DELETED',
  'SHELVED',
  'SHELVED_OFFLOADED',
];

export function statusOf(vmState: VmState, taskState: TaskState | null): string {
  const { default: usual, inTask = {} } = STATUSES[vmState];
  return (taskState === null ? undefined : inTask[taskState]) ?? usual;
}

/** The vm_states that have one of these statuses, whatever the task; undefined where none of the statuses exists. */
export function vmStatesWith(statuses: readonly string[]): ReadonlySet<VmState> | undefined {
  const wanted = statuses.map((status) => status.toUpperCase());
  const states = (Object.keys(STATUSES) as VmState[]).filter((state) => {
    const { default: usual, inTask = {} } = STATUSES[state];
    return [usual, ...Object.values(inTask)].some((status) => wanted.includes(status));
  });
  const known = states.length > 0 || NEVER_REACHED.some((status) => wanted.includes(status));
  return known ? new Set(states) : undefined;
}

export function powerStateOf(power: 'on' | 'off' | 'paused'): PowerState {
  return power === 'on' ? 1 : power === 'paused' ? 3 : 4;
}
