import { checkState } from '../compute/check-state';
import type { Instance } from '../compute/instance';
import { refuse } from '../compute/refusal';
import type { VmState } from '../compute/states';

const RUNNING: readonly VmState[] = ['active'];
const CHANGEABLE: readonly VmState[] = ['active', 'stopped', 'paused'];

/**
 * Actions of Nova that this provider does not carry out, with the vm_states in which Nova would. In any other
 * state, a rescue above all, they are refused just as Nova refuses them (nova/compute/api.py).
 */
const UNSERVED: Readonly<Record<string, { readonly name: string; readonly vmStates?: readonly VmState[] }>> =
  {
    pause: { name: 'pause', vmStates: RUNNING },
    unpause: { name: 'unpause', vmStates: ['paused'] },
    suspend: { name: 'suspend', vmStates: RUNNING },
    resume: { name: 'resume', vmStates: [] },
    rebuild: { name: 'rebuild', vmStates: ['active', 'stopped', 'error'] },
    resize: { name: 'resize', vmStates: ['active', 'stopped'] },
    confirmResize: { name: 'confirmResize', vmStates: [] },
    revertResize: { name: 'revertResize', vmStates: [] },
    createImage: { name: 'createImage', vmStates: CHANGEABLE },
    createBackup: { name: 'createBackup', vmStates: CHANGEABLE },
    shelve: { name: 'shelve', vmStates: CHANGEABLE },
    unshelve: { name: 'unshelve', vmStates: [] },
    changePassword: { name: 'changePassword', vmStates: RUNNING },
    trigger_crash_dump: { name: 'trigger_crash_dump' },
    forceDelete: { name: 'forceDelete' },
    restore: { name: 'restore', vmStates: [] },
    addSecurityGroup: { name: 'addSecurityGroup' },
    removeSecurityGroup: { name: 'removeSecurityGroup' },
    'os-getConsoleOutput': { name: 'os-getConsoleOutput' },
  };

export function refuseUnservedAction(name: string, instance: () => Instance): never {
  const unserved = UNSERVED[name];
  if (unserved === undefined) {
    throw refuse.badRequest(`There is no such action: ${name}`);
  }
  checkState(
    instance(),
    unserved.name,
    unserved.vmStates ? { vmStates: unserved.vmStates, taskStates: [null] } : {},
  );
  // Our choice of text: Nova would go on here.
  throw refuse.notImplemented(`The simulated compute service does not carry out the action ${name}.`);
}
