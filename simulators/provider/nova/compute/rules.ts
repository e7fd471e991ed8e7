import type { TaskState, VmState } from './states';

/** In which states something may be asked of an instance. A list that is left out allows every state. */
export interface Rule {
  /** How refusals call it. */
  readonly called: string;
  readonly vmStates?: readonly VmState[];
  readonly taskStates?: readonly (TaskState | null)[];
  /** The instance must have been active once. */
  readonly launched: boolean;
  /** It must be on a host. */
  readonly host: boolean;
  /** A locked instance is refused, in its own words or as a wrong state is; or it does not matter. */
  readonly lock: 'refused' | 'told as a state' | 'ignored';
}

type Exceptions = Partial<Omit<Rule, 'called' | 'vmStates'>>;

/** The usual case of `check_instance_state`: no task, launched once. */
const rule = (called: string, vmStates: readonly VmState[], exceptions: Exceptions = {}): Rule => ({
  called,
  vmStates,
  taskStates: [null],
  launched: true,
  host: false,
  lock: 'refused',
  ...exceptions,
});

/** What may be asked in any vm_state and during any task. */
const whenever = (called: string, exceptions: Exceptions = {}): Rule => ({
  called,
  launched: false,
  host: false,
  lock: 'refused',
  ...exceptions,
});

const KEPT: readonly VmState[] = ['active', 'stopped', 'paused', 'suspended'];
/** Metadata may change during a task. */
const duringTasks = (called: string): Rule => ({ ...whenever(called, { launched: true }), vmStates: KEPT });
const WITH_VOLUMES: readonly VmState[] = ['active', 'paused', 'stopped'];

const named = <Name extends string>(rules: Record<Name, Rule>): Readonly<Record<Name, Rule>> => rules;

/** Everything that Nova checks the state for; source: the decorators of nova/compute/api.py. */
export const RULES = named({
  rescue: rule('rescue', ['active', 'stopped', 'error']),
  unrescue: rule('unrescue', ['rescued']),
  softReboot: rule('reboot', ['active']),
  hardReboot: rule('reboot', ['active', 'stopped', 'paused', 'suspended', 'error'], {
    taskStates: [null, 'rebooting', 'rebooting_hard', 'resuming', 'unpausing', 'pausing', 'suspending'],
  }),
  start: rule('start', ['stopped'], { host: true }),
  stop: rule('stop', ['active', 'error'], { host: true }),
  pause: rule('pause', ['active']),
  unpause: rule('unpause', ['paused']),
  suspend: rule('suspend', ['active']),
  resume: rule('resume', ['suspended']),
  rebuild: rule('rebuild', ['active', 'stopped', 'error']),
  changePassword: rule('changePassword', ['active'], { lock: 'told as a state' }),
  createImage: rule('createImage', KEPT, { lock: 'ignored' }),
  createBackup: rule('createBackup', KEPT, { lock: 'ignored' }),
  resize: rule('resize', ['active', 'stopped']),
  confirmResize: rule('confirmResize', []),
  revertResize: rule('revertResize', []),
  shelve: rule('shelve', KEPT),
  unshelve: rule('unshelve', []),
  restore: rule('restore', []),
  trigger_crash_dump: rule('trigger_crash_dump', ['active', 'paused', 'rescued', 'error']),
  attachVolume: rule('attach_volume', WITH_VOLUMES),
  detachVolume: rule('detach_volume', WITH_VOLUMES),
  swapVolume: rule('swap_volume', ['active', 'paused']),
  attachInterface: rule('attach_interface', WITH_VOLUMES),
  detachInterface: rule('detach_interface', WITH_VOLUMES),
  updateMetadata: duringTasks('update metadata'),
  deleteMetadata: duringTasks('delete metadata'),
  delete: whenever('delete'),
  forceDelete: whenever('forceDelete'),
  securityGroup: whenever('securityGroup', { lock: 'ignored' }),
  consoleOutput: whenever('get_console_output', { lock: 'ignored', host: true }),
  console: whenever('get_vnc_console', { lock: 'ignored', host: true }),
});

/** What may be asked of an instance, as the rules name it. */
export type RuleName = keyof typeof RULES;
